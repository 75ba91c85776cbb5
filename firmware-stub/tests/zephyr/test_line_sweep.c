/*
 * The line under anything at once, by seed: bytes in bursts, erases, breaks, a driver that refuses, a thread that is
 * late, other rates. What the driver said that it has received is what the thread reads, byte by byte and in order, and
 * when the trouble is over a byte gets through. A failure prints its seed: `test_line_sweep SEED` repeats it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"
#include "fakes.h"
#include "fakes_internal.h"
#include "line.h"

#define SEEDS 200u
#define STEPS 300u

static struct line line;
static struct k_sem wake;
static uint32_t state;
static uint32_t compared; /* of fake.uart.told */

static uint32_t random_below(uint32_t limit) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % limit;
}

static void take_once(void) {
    const uint8_t *bytes;
    size_t count;
    while ((count = line_peek(&line, &bytes)) > 0) {
        count = 1 + random_below((uint32_t)count);
        for (size_t i = 0; i < count; i++) {
            CHECK_EQ(fake.uart.told[compared++ % FAKE_LINE_SIZE], bytes[i]);
        }
        line_consume(&line, count);
    }
}

/* An interrupt may come just behind the last look; it would wake the thread. */
static void take(void) {
    for (unsigned i = 0; i < 5 && (i == 0 || fake.uart.told_count != compared); i++) {
        take_once();
    }
    CHECK_EQ(fake.uart.told_count, compared);
}

static void feed(uint32_t count) {
    uint8_t bytes[256];
    check_noise(bytes, sizeof bytes, state);
    fake_feed(bytes, count);
}

static void change_rate(void) {
    static const uint32_t rates[] = {115200, 230400, 460800, 1000000};
    take();
    fake.uart.in_taken = fake.uart.in_count; /* the host waits for it, too */
    line_set_rate(&line, rates[random_below(4)]);
    compared = fake.uart.told_count; /* what came meanwhile is forgotten */
}

static void step(void) {
    switch (random_below(12)) {
    case 0:
        fake_stall(1000u * random_below(90000));
        break;
    case 1:
        fake.uart.breaks = fake.uart.active != NULL && random_below(4) == 0;
        break;
    case 2:
        fake.uart.refuses_buffers = random_below(8) == 0;
        break;
    case 3:
        fake.uart.refuses_enable = random_below(4) == 0;
        break;
    case 4:
        if (random_below(8) == 0) {
            change_rate();
        }
        break;
    case 5:
        fake_pass_us(random_below(50000));
        break;
    case 6:
    case 7:
        take();
        line_mend(&line);
        break;
    default:
        feed(1 + random_below(255));
        break;
    }
}

static void gets_through_again(void) {
    fake.uart.refuses_buffers = false;
    fake.uart.refuses_enable = false;
    fake.uart.breaks = false;
    for (unsigned i = 0; i < 3000 && (fake.uart.in_taken != fake.uart.in_count || i < 300); i++) {
        take();
        line_mend(&line);
        fake_pass_us(1000);
    }
    uint32_t before = compared;
    feed(77);
    fake_pass_us(20000);
    take();
    CHECK_EQ(before + 77, compared);
}

static void run(uint32_t seed) {
    fake_init();
    fake.now_ns = 1;
    state = seed;
    compared = 0;
    fake.uart.baud = 1000000;
    CHECK_EQ(0, line_open(&line, &fake_uart, &wake));
    for (unsigned i = 0; i < STEPS && check_passes(); i++) {
        step();
    }
    if (check_passes()) {
        gets_through_again();
    }
}

int main(int argc, char **argv) {
    uint32_t first = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
    uint32_t end = argc > 1 ? first + 1 : SEEDS;
    check_begin("anything at once");
    for (uint32_t seed = first; seed < end && check_passes(); seed++) {
        run(seed);
        if (!check_passes()) {
            fprintf(stderr, "seed %u\n", (unsigned)seed);
        }
    }
    return check_summary("zephyr, line sweep");
}
