/*
 * The virtual DK bare metal on a Cortex-M33: the stub's core, the boot model and the flash model as on posix, but here
 * the CPU is a real instruction set, the line is a UART with an interrupt, and a flash operation stops everything that
 * is no interrupt. Read this file first; README.md has the memory map.
 */
#include <stddef.h>
#include <string.h>

#include "../posix/dk.h"
#include "clock.h"
#include "cpu.h"
#include "line_cmsdk_uart.h"
#include "parameters.h"

#define SLEEP_MAX_NS 1000000000u

/* For a board that is started by hand, without the launcher. */
static const struct parameters built_in = {.baud = 115200,
                                           .timing = 1,
                                           .swap_divisor = 1,
                                           .primary = 0x10000,
                                           .secondary = 0x80000,
                                           .slot_size = 0x70000,
                                           .protected_from = 0x10200,
                                           .protected_to = 0x18000,
                                           .watchdog_ms = 2000};

static struct dk dk;
static struct parameters given;
static uint32_t entropy_drawn;

static uint64_t now_ns(void) {
    return clock_us() * 1000u;
}

/* Seed and counter through SHA-256: never the same twice in one start of the machine, nor in two. */
static void draw_entropy(void *context, uint8_t *into, size_t count) {
    uint8_t digest[BOOT_SHA256_SIZE];
    struct boot_sha256 hash;
    (void)context;
    entropy_drawn++;
    boot_sha256_init(&hash);
    boot_sha256_update(&hash, given.seed, sizeof given.seed);
    boot_sha256_update(&hash, &entropy_drawn, sizeof entropy_drawn);
    boot_sha256_finish(&hash, digest);
    memcpy(into, digest, count < sizeof digest ? count : sizeof digest);
}

static bool receive(void) {
    const uint8_t *bytes;
    size_t count = line_received(&bytes);
    for (size_t i = 0; i < count; i++) {
        dk_receive(&dk, bytes[i]);
    }
    line_consume(count);
    return count > 0;
}

/* Nothing runs but the interrupt that stands for the DMA; what it brought is in the DMA's buffers afterwards, or lost.
 */
static void stall(void *context, uint64_t until_ns) {
    uint64_t now = now_ns();
    (void)context;
    if (until_ns > now) {
        clock_stall_us((uint32_t)((until_ns - now) / 1000u));
    }
    while (receive()) {
    }
}

static void configure(void) {
    struct dk_config config;
    memset(&config, 0, sizeof config);
    config.layout =
        (struct boot_layout){given.primary, given.secondary, given.slot_size, given.protected_from, given.protected_to};
    config.mode = (enum boot_mode)given.mode;
    config.baud = given.baud;
    config.timing = given.timing != 0;
    config.swap_divisor = given.swap_divisor;
    config.new_image = (enum dk_new_image)given.new_image;
    config.watchdog_ms = given.watchdog_ms;
    config.unit = given.unit;
    config.entropy = draw_entropy;
    config.stall = stall;
    dk_init(&dk, &config, (uint8_t *)PARAMETERS_FLASH, (struct dk_meta *)PARAMETERS_META, given.flash_seed);
    dk.flash.plan.fail_from = given.fail_at;
    dk.flash.plan.fail_count = 1;
    dk.flash.plan.silent_at = given.silent_at;
}

/* A byte goes out when the UART's model says that it has left the pin, so the rate is the line's. */
static void send(void) {
    static struct uarte_out waiting;
    static bool waits;
    while (waits || uarte_left(&dk.uarte, now_ns(), &waiting)) {
        waits = line_send(&waiting.byte, 1) == 0;
        if (waits) {
            return;
        }
    }
}

static uint64_t next_ns(void) {
    uint64_t next = dk_next(&dk);
    if (dk.uarte.out_count > 0 && dk.uarte.out[dk.uarte.out_first].left_ns < next) {
        next = dk.uarte.out[dk.uarte.out_first].left_ns;
    }
    return next;
}

/* Until a byte comes or something is due. With interrupts off none can slip in between the look and the sleep. */
static void sleep(void) {
    const uint8_t *bytes;
    uint64_t now = now_ns();
    uint64_t next = next_ns();
    uint64_t left = next > now ? next - now : 0;
    if (left < 1000u) {
        return;
    }
    cpu_interrupts_off();
    if (line_received(&bytes) == 0) {
        clock_alarm_us((uint32_t)((left < SLEEP_MAX_NS ? left : SLEEP_MAX_NS) / 1000u));
        cpu_wait();
    }
    cpu_interrupts_on();
}

int main(void) {
    struct dk_event event;
    const struct parameters *told = (const struct parameters *)PARAMETERS_ADDRESS;
    given = told->magic == PARAMETERS_MAGIC ? *told : built_in;
    clock_init();
    line_init();
    cpu_interrupts_on();
    configure();
    dk_power_on(&dk, now_ns());
    for (;;) {
        receive();
        dk_run(&dk, now_ns());
        while (dk_poll(&dk, &event)) {
        }
        send();
        sleep();
    }
}
