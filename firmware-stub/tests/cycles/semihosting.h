/* The two semihosting calls that a program in QEMU needs to say something and to end. */
#ifndef STUB_TESTS_SEMIHOSTING_H
#define STUB_TESTS_SEMIHOSTING_H

#include <stdint.h>

static inline void semihosting_call(uint32_t operation, const void *argument) {
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static inline void semihosting_print(const char *text) {
    semihosting_call(0x04, text); /* SYS_WRITE0 */
}

/* Ends QEMU with this exit code. */
static inline _Noreturn void semihosting_exit(uint32_t code) {
    const uint32_t block[2] = {0x20026, code}; /* ADP_Stopped_ApplicationExit */
    semihosting_call(0x20, block);             /* SYS_EXIT_EXTENDED */
    for (;;) {
    }
}

#endif
