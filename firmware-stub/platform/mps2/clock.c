#include "clock.h"

#include "cpu.h"

#define TIMER_FREE_RUNNING 0x50000000u
#define TIMER_ALARM 0x50001000u
#define ALARM_INTERRUPT 4u
#define TICKS_PER_US 20u
#define SPIN_US 200u /* below this a sleep costs more than it saves */

/* CMSDK APB timer: counts down from reload and starts again. */
enum { CTRL = 0x0, VALUE = 0x4, RELOAD = 0x8, INTERRUPT = 0xc };
enum { CTRL_ENABLE = 1u, CTRL_INTERRUPT = 8u };

static uint64_t ticks;
static uint32_t last_value;

void clock_init(void) {
    *cpu_register(TIMER_FREE_RUNNING + RELOAD) = UINT32_MAX;
    *cpu_register(TIMER_FREE_RUNNING + VALUE) = UINT32_MAX;
    *cpu_register(TIMER_FREE_RUNNING + CTRL) = CTRL_ENABLE;
    ticks = 0;
    last_value = UINT32_MAX;
    cpu_interrupt_enable(ALARM_INTERRUPT);
}

uint64_t clock_us(void) {
    uint32_t value = *cpu_register(TIMER_FREE_RUNNING + VALUE);
    ticks += last_value - value;
    last_value = value;
    return ticks / TICKS_PER_US;
}

uint32_t clock_ms(void) {
    return (uint32_t)(clock_us() / 1000u);
}

void clock_alarm_us(uint32_t microseconds) {
    *cpu_register(TIMER_ALARM + CTRL) = 0;
    *cpu_register(TIMER_ALARM + INTERRUPT) = 1;
    *cpu_register(TIMER_ALARM + RELOAD) = 0;
    *cpu_register(TIMER_ALARM + VALUE) = microseconds * TICKS_PER_US;
    *cpu_register(TIMER_ALARM + CTRL) = CTRL_ENABLE | CTRL_INTERRUPT;
}

void clock_alarm_interrupt(void) {
    *cpu_register(TIMER_ALARM + CTRL) = 0;
    *cpu_register(TIMER_ALARM + INTERRUPT) = 1;
}

void clock_stall_us(uint32_t microseconds) {
    uint64_t end = clock_us() + microseconds;
    for (;;) {
        uint64_t now = clock_us();
        if (now >= end) {
            return;
        }
        if (end - now >
            SPIN_US) { /* with interrupts on the alarm could be over before the wait, which then never ends */
            cpu_interrupts_off();
            clock_alarm_us((uint32_t)(end - now));
            cpu_wait();
            cpu_interrupts_on();
        }
    }
}
