/*
 * The virtual DK (platform/posix/dk.h) under the contract: its own port and UART, with whatever time and line there
 * are where it runs.
 */
#ifndef STUB_TESTS_VIRTUAL_DK_H
#define STUB_TESTS_VIRTUAL_DK_H

#include "../../platform/posix/dk.h"
#include "contract.h"

struct virtual_dk_world {
    /* Time passes until then, or as much as a millisecond if that is over; what leaves TX by then comes to RX. */
    void (*pass)(struct dk *dk, uint64_t until_ns);
};

/* Makes a factory image and runs the contract in one swap mode. flash has NVMC_SIZE bytes. */
void virtual_dk_contract(const struct virtual_dk_world *world, uint8_t *flash, enum boot_mode mode);

#endif
