/* The contract in virtual time. */
#include "../check.h"
#include "virtual_dk.h"

#define STEP_NS 500000u

static void pass(struct dk *dk, uint64_t until_ns) {
    struct uarte_out out;
    if (dk->cpu_ns >= until_ns) {
        dk->cpu_ns += STEP_NS;
        until_ns = dk->cpu_ns;
    }
    while (uarte_left(&dk->uarte, until_ns, &out)) {
        dk_receive(dk, out.byte);
    }
}

int main(void) {
    static const struct virtual_dk_world world = {pass};
    static uint8_t flash[NVMC_SIZE];
    virtual_dk_contract(&world, flash, BOOT_MOVE);
    virtual_dk_contract(&world, flash, BOOT_OFFSET);
    return check_summary("contract, posix");
}
