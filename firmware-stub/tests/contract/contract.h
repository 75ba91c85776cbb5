/*
 * What every platform's port must do, as a test that links with any of them: flash, boot state, what it says of itself,
 * time, entropy, the line, and a whole update through the core. Read this file first; contract.c is the rules.
 *
 * To hold a platform to it, link
 *     tests/contract/contract.c tests/unit/host.c  the core
 *     tests/check.c (stdio), or tests/cycles/check_semihosting.c (QEMU), or an own check.h
 * with a main() that fills struct contract_platform, calls contract_run() and returns check_summary() or
 * check_passes(). posix.c and mps2.c beside this file are two such mains; fakes of a platform's API serve as well as
 * the platform. Compiler flags: -Icore/include -Icore/src. No heap; 90 KB of RAM.
 *
 * Slot 1 is overwritten, and at the end its trailer is blank. The running image is confirmed.
 */
#ifndef STUB_TESTS_CONTRACT_H
#define STUB_TESTS_CONTRACT_H

#include <stddef.h>
#include <stdint.h>

#include "stub/session.h"

struct contract_platform {
    void *context;
    /*
     * Starts the board's stub anew, as a reset does, and returns what its session is configured with; stays valid until
     * the next start. No session of the platform's own runs meanwhile.
     */
    const struct stub_config *(*start)(void *context);
    /* The clock that the platform's loop hands to the session. */
    uint32_t (*now_ms)(void *context);
    /* Lets up to a millisecond pass, where time does not pass by itself; called while something is waited for. */
    void (*idle)(void *context);
    /*
     * The line with its far end looped back, so that what is sent comes back: as the platform's loop sends what
     * transmit handed out, and takes what it gives to receive. Both return how many bytes there were; neither waits.
     * NULL where it cannot be looped back.
     */
    size_t (*send)(void *context, const uint8_t *bytes, size_t count);
    size_t (*receive)(void *context, uint8_t *into, size_t capacity);
};

/* All rules, each through check_that(). */
void contract_run(const struct contract_platform *platform);

#endif
