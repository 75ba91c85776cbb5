/* What the fakes share with each other. */
#ifndef TESTS_ZEPHYR_FAKES_INTERNAL_H
#define TESTS_ZEPHYR_FAKES_INTERNAL_H

#include <stdint.h>

/* Time passes while the CPU is gone: DMA goes on, no interrupt comes. */
void fake_stall(uint64_t ns);
/* The UART's DMA up to now. */
void fake_uart_move(void);
/* Its interrupt, if it is due. */
void fake_uart_interrupt(void);
/* When something happens on the line next, FAKE_NEVER if nothing does. */
uint64_t fake_uart_next_ns(void);

#endif
