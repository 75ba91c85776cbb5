/* Vector table and the way from reset to main(). A fault resets the board, as a watchdog would. */
#include <stddef.h>
#include <stdint.h>

#include "clock.h"
#include "cpu.h"
#include "line_cmsdk_uart.h"

extern uint32_t startup_data_start[], startup_data_end[], startup_data_source[];
extern uint32_t startup_bss_start[], startup_bss_end[];
extern uint32_t startup_stack_top[];

int main(void);
void startup_reset(void);
void *_sbrk(ptrdiff_t increment);

/* There is no heap. newlib's printf would ask for one, for formats that nobody uses here. */
void *_sbrk(ptrdiff_t increment) {
    (void)increment;
    return (void *)-1;
}

static void fault(void) {
    cpu_reset();
}

/* The hardware has set the stack pointer from the table; nothing else is initialised. */
void startup_reset(void) {
    const uint32_t *from = startup_data_source;
    for (uint32_t *to = startup_data_start; to < startup_data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = startup_bss_start; to < startup_bss_end; to++) {
        *to = 0;
    }
    main();
    cpu_reset();
}

typedef void handler(void);

struct vectors {
    uint32_t *stack;
    handler *system[15];
    handler *interrupts[64];
};

extern const struct vectors startup_vectors;

__attribute__((section(".vectors"), used)) const struct vectors startup_vectors = {
    .stack = startup_stack_top,
    .system = {startup_reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault,
               fault},
    /* No other is ever enabled; an empty entry would end in a fault. */
    .interrupts = {[4] = clock_alarm_interrupt, [32] = line_receive_interrupt},
};
