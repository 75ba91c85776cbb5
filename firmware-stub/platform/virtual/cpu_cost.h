/*
 * What the core costs an nRF9160's CPU: instructions, in hundredths, as `make cycles` counts them on a Cortex-M33 (QEMU
 * mps2-an505, -icount, the core at -Os, gcc 12.2), turned into time here.
 *
 * Assumptions, where the counting ends: the nRF9160 runs at 64 MHz from flash through its instruction cache; the inner
 * loops fit the cache (2 KiB); an instruction takes 1.3 cycles on the average (loads that are used at once, taken
 * branches, misses). The CPU does one thing at a time, and nothing during an erase or a program.
 */
#ifndef VIRTUAL_CPU_COST_H
#define VIRTUAL_CPU_COST_H

#include <stdint.h>

#define CPU_RECEIVE_BYTE 1412u /* on the wire: COBS, CRC-32C, through the ring into the page buffer */
#define CPU_SEND_BYTE 4225u    /* on the wire: a STATUS built and framed */
#define CPU_DIGEST_BYTE 576u   /* of a page: HalfSipHash */
#define CPU_SHA256_BYTE 3595u  /* VERIFY */
#define CPU_INFLATE_IN 18692u  /* of a deflate stream */
#define CPU_INFLATE_OUT 2625u  /* of what comes out of it */
#define CPU_READ_BYTE 100u     /* flash read into RAM */
#define CPU_COMPARE_BYTE 173u  /* what was read is compared */
#define CPU_PROGRAM_BYTE 348u  /* beside the flash's own time: which words are blank */
#define CPU_ROUND 16503u       /* once around the main loop */

/* Nanoseconds of so many hundredths of an instruction: 1.3 cycles of 15.625 ns each. */
static inline uint64_t cpu_cost_ns(uint64_t hundredths) {
    return hundredths * 13u / 64u;
}

#endif
