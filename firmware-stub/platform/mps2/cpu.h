/* The few things of a Cortex-M33 (Arm v8-M) that this platform uses. */
#ifndef MPS2_CPU_H
#define MPS2_CPU_H

#include <stdint.h>

static inline volatile uint32_t *cpu_register(uint32_t address) {
    return (volatile uint32_t *)(uintptr_t)address;
}

static inline void cpu_interrupt_enable(uint32_t number) {
    *cpu_register(0xe000e100u + number / 32 * 4) = 1u << (number % 32); /* NVIC_ISER */
}

static inline void cpu_interrupts_off(void) {
    __asm volatile("cpsid i" ::: "memory");
}

static inline void cpu_interrupts_on(void) {
    __asm volatile("cpsie i" ::: "memory");
}

/* Halts until an interrupt is pending, also while interrupts are off: so nothing is missed between look and sleep. */
static inline void cpu_wait(void) {
    __asm volatile("dsb\n wfi" ::: "memory");
}

/* SYSRESETREQ: the whole board starts anew. Does not return. */
static inline _Noreturn void cpu_reset(void) {
    __asm volatile("dsb" ::: "memory");
    *cpu_register(0xe000ed0cu) = 0x05fa0004u; /* AIRCR */
    for (;;) {
    }
}

#endif
