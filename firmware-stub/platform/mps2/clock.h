/* Time since the last reset, from CMSDK timer 0 at 20 MHz; timer 1 is the alarm that ends a sleep. */
#ifndef MPS2_CLOCK_H
#define MPS2_CLOCK_H

#include <stdint.h>

void clock_init(void);

/* Free-running. Call either at least once in 200 s (the main loop never sleeps for longer than a second). */
uint64_t clock_us(void);
uint32_t clock_ms(void);

/* Nothing but interrupts runs for that long: the CPU waits for the flash. */
void clock_stall_us(uint32_t microseconds);

/* The next cpu_wait() ends after that long at the latest. */
void clock_alarm_us(uint32_t microseconds);

/* Interrupt handler of timer 1. */
void clock_alarm_interrupt(void);

#endif
