/*
 * A host at another rate: framing errors stop the receiver, and bytes that the driver's counts do not agree about are
 * flushed (docs/adr/0011). After any sequence of bursts, also while the board sends, it answers within three
 * seconds.
 * A failure prints its seed: `test_wrong_rate SEED` repeats it.
 */
#include <stdio.h>
#include <stdlib.h>

#include <zephyr/drivers/uart.h>

#include "../check.h"
#include "fake_host.h"
#include "fakes.h"
#include "wire.h"

#define SEEDS 200u
#define BURSTS 12u
#define TAIL_MAX 5u /* the receiver's FIFO */
#define ANSWER_MS 3000u

static uint32_t state;

static uint32_t random_below(uint32_t limit) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
}

static void burst(void) {
    uint8_t bytes[300];
    check_noise(bytes, sizeof bytes, state);
    fake.uart.tail = random_below(TAIL_MAX);
    fake_feed_wrong(bytes, 1 + random_below(sizeof bytes), 1 + random_below(40));
}

/* What a host at the right rate has said is answered while the next burst comes. */
static void trouble(void) {
    for (unsigned i = 0; i < 1 + random_below(BURSTS); i++) {
        if (random_below(3) == 0) {
            fake_host_say(STUB_PING, NULL, 0);
            fake_host_run_ms(random_below(8));
        }
        burst();
        fake_host_run_ms(random_below(60));
    }
}

static bool answers(void) {
    host.welcome = false;
    for (unsigned ms = 0; ms < ANSWER_MS && !host.welcome; ms += 250) {
        fake_host_hello();
        fake_host_run_ms(150);
    }
    return host.welcome;
}

static bool survives(uint32_t seed) {
    fake_host_start("answers after bursts at another rate");
    state = seed;
    fake_host_hello();
    CHECK(host.welcome);
    trouble();
    return answers();
}

/* Three flushed bytes, as in the driver without UART_0_NRF_ASYNC_LOW_POWER: a board that is deaf for ever. */
static void the_fault_is_there_without_the_option(void) {
    fake_host_start("a driver that keeps its count makes the board deaf");
    fake.uart.keeps_count = true;
    fake.uart.tail = 3;
    fake_feed_wrong((const uint8_t[]){0x55, 0x13, 0xF0, 0x0F, 0x7E, 0x18}, 6, 6);
    fake_host_run_ms(100);
    CHECK(!answers());
    fake.uart.keeps_count = false;
    CHECK(!answers()); /* the option helps from the next stop on only */
    fake_feed_wrong((const uint8_t[]){0x55}, 1, 1);
    fake_host_run_ms(100);
    CHECK(answers());
}

int main(int argc, char **argv) {
    uint32_t first = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint32_t end = argc > 1 ? first + 1 : SEEDS;
    for (uint32_t seed = first; seed < end && check_passes(); seed++) {
        CHECK(survives(seed));
        if (!check_passes()) {
            fprintf(stderr, "seed %u\n", (unsigned)seed);
        }
    }
    the_fault_is_there_without_the_option();
    return check_summary("zephyr, wrong rate");
}
