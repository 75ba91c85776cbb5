/* The contract on a Cortex-M33 in QEMU, whose UART 0 something on the other side echoes: mps2.sh. */
#include "../../platform/mps2/clock.h"
#include "../../platform/mps2/cpu.h"
#include "../../platform/mps2/line_cmsdk_uart.h"
#include "../../platform/mps2/parameters.h"
#include "../check.h"
#include "../cycles/semihosting.h"
#include "virtual_dk.h"

#define STEP_US 200u

static void take_what_came(struct dk *dk) {
    const uint8_t *bytes;
    for (size_t count = line_received(&bytes); count > 0; count = line_received(&bytes)) {
        for (size_t i = 0; i < count; i++) {
            dk_receive(dk, bytes[i]);
        }
        line_consume(count);
    }
}

/* The CPU waits, and nothing but the receive interrupt runs; what it brought is in the DMA's buffers afterwards. */
static void pass(struct dk *dk, uint64_t until_ns) {
    static struct uarte_out waiting;
    static bool waits;
    uint64_t now_ns = clock_us() * 1000u;
    clock_stall_us(until_ns > now_ns ? (uint32_t)((until_ns - now_ns) / 1000u) : STEP_US);
    now_ns = clock_us() * 1000u;
    dk->cpu_ns = now_ns > dk->cpu_ns ? now_ns : dk->cpu_ns;
    take_what_came(dk);
    while (waits || uarte_left(&dk->uarte, dk->cpu_ns, &waiting)) {
        waits = line_send(&waiting.byte, 1) == 0;
        if (waits) {
            return;
        }
    }
}

int main(void) {
    static const struct virtual_dk_world world = {pass};
    clock_init();
    line_init();
    cpu_interrupts_on();
    virtual_dk_contract(&world, (uint8_t *)PARAMETERS_FLASH, BOOT_MOVE);
    virtual_dk_contract(&world, (uint8_t *)PARAMETERS_FLASH, BOOT_OFFSET);
    semihosting_print(check_passes() ? "contract, mps2: holds\n" : "contract, mps2: broken\n");
    semihosting_exit(check_passes() ? 0 : 1);
}
