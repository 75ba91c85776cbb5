/* The async UART: nothing lost through an erase, and what happens when it stops, refuses or hears nobody. */
#include <errno.h>

#include "../check.h"
#include "fakes.h"
#include "fakes_internal.h"
#include "line.h"

#define ERASE_NS 87500000u

static struct line line;
static struct k_sem wake;
static uint32_t taken;

static uint8_t nth(uint32_t at) {
    return (uint8_t)(at * 7 + at / 251);
}

static void start(const char *name, uint32_t baud) {
    check_begin(name);
    fake_init();
    fake.uart.baud = baud;
    taken = 0;
    CHECK_EQ(0, line_open(&line, &fake_uart, &wake));
    fake_pass_us(10);
}

static void feed(uint32_t from, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint8_t byte = nth(from + i);
        fake_feed(&byte, 1);
    }
}

static void take(void) {
    const uint8_t *bytes;
    size_t count;
    while ((count = line_peek(&line, &bytes)) > 0) {
        for (size_t i = 0; i < count; i++) {
            if (bytes[i] != nth(taken + (uint32_t)i)) {
                CHECK(!"the bytes that were sent");
                return;
            }
        }
        taken += (uint32_t)count;
        line_consume(&line, count);
    }
}

static void hears_a_few_bytes(void) {
    start("hears a few bytes", 115200);
    feed(0, 3);
    fake_pass_us(4000);
    take();
    CHECK_EQ(3, taken);
}

static void hears_a_stream(void) {
    static const uint32_t rates[] = {115200, 230400, 460800, 1000000};
    for (unsigned i = 0; i < 4; i++) {
        start("hears a stream", rates[i]);
        feed(0, 40000);
        for (unsigned ms = 0; ms < 4000 && taken < 40000; ms++) {
            fake_pass_us(1000);
            take();
            line_mend(&line);
        }
        CHECK_EQ(40000, taken);
        CHECK_EQ(0, fake.uart.lost);
    }
}

/*
 * Page after page is erased while the host sends what line_capacity allows, at every point of the buffer under way; the
 * thread looks between the erases only.
 */
static void loses_nothing_in_an_erase(void) {
    static const uint32_t rates[] = {115200, 230400, 460800, 1000000};
    for (unsigned i = 0; i < 4; i++) {
        start("loses nothing in an erase", rates[i]);
        uint32_t fed = 0;
        for (uint32_t round = 0; round < 60; round++) {
            uint32_t more = LINE_CAPACITY - (fed - taken);
            feed(fed, more);
            fed += more;
            fake_pass_us(round * 1371);
            take();
            fake_stall(ERASE_NS);
            take();
        }
        fake_pass_us(1000000);
        take();
        CHECK_EQ(fed, taken);
        CHECK_EQ(0, fake.uart.lost);
    }
}

/* The worst moment: the buffer under way ends, and then line_capacity bytes come before anybody looks. */
static void never_fills_the_queued_buffer(void) {
    const uint32_t full = CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE;
    start("never fills the queued buffer", 1000000);
    feed(0, full + LINE_CAPACITY);
    fake_stall(2 * ERASE_NS);
    take();
    fake_pass_us(10000);
    take();
    CHECK_EQ(full + LINE_CAPACITY, taken);
    CHECK_EQ(0, fake.uart.lost);
}

/* All buffers are in use when the driver asks for the next one; it gets it as soon as one is free. */
static void gives_a_buffer_late(void) {
    const uint32_t full = CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE;
    start("gives a buffer late", 1000000);
    feed(0, 2 * full + 100);
    fake_pass_us(200000);
    take();
    feed(2 * full + 100, full);
    fake_pass_us(200000);
    take();
    CHECK_EQ(3 * full + 100, taken);
    CHECK_EQ(0, line.stops);
}

static void goes_on_after_an_overrun(void) {
    start("goes on after an overrun", 1000000);
    feed(0, 3 * CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE + 1000);
    fake_pass_us(400000);
    CHECK_EQ(1000, fake.uart.lost);
    CHECK(!line_mend(&line));
    take();
    CHECK_EQ(3 * CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE, taken);
    fake_pass_us(1000);
    CHECK(line_mend(&line));
    fake_pass_us(10);
    feed(taken, 20);
    fake_pass_us(4000);
    take();
    CHECK_EQ(3 * CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE + 20, taken);
}

/* A line that is held low stops reception again and again; it is started once in a millisecond, not more often. */
static void stands_a_break(void) {
    start("stands a break", 115200);
    uint32_t starts = line.stops;
    for (unsigned i = 0; i < 1000; i++) {
        fake.uart.breaks = fake.uart.active != NULL;
        fake_pass_us(10);
        line_mend(&line);
    }
    CHECK(line.stops - starts > 5 && line.stops - starts < 20);
    fake_pass_us(2000);
    CHECK(line_mend(&line));
    fake_pass_us(10);
    feed(0, 100);
    fake_pass_us(20000);
    take();
    CHECK_EQ(100, taken);
}

static void outlives_a_driver_that_refuses(void) {
    start("outlives a driver that refuses", 1000000);
    fake.uart.refuses_buffers = true;
    feed(0, 20000);
    for (unsigned i = 0; i < 300; i++) {
        fake_pass_us(1000);
        fake.uart.refuses_enable = i > 100 && i < 150;
        const uint8_t *bytes;
        size_t count = line_peek(&line, &bytes);
        line_consume(&line, count);
        line_mend(&line);
    }
    fake.uart.refuses_buffers = false;
    fake_pass_us(300000);
    const uint8_t *bytes;
    line_consume(&line, line_peek(&line, &bytes));
    line_mend(&line);
    fake_pass_us(1000);
    feed(taken, 50);
    fake_pass_us(5000);
    CHECK_EQ(50, line_peek(&line, &bytes));
}

static void send(size_t count) {
    CHECK(line_can_send(&line));
    check_noise(line.out, LINE_OUT_SIZE, 5);
    line_send(&line, count);
}

static void sends(void) {
    start("sends", 1000000);
    send(300);
    CHECK(!line_can_send(&line));
    fake_pass_us(3100);
    CHECK(line_can_send(&line));
    CHECK_EQ(300, fake.uart.out_count);
    CHECK_BYTES(line.out, fake.uart.out, 300);
}

static void changes_its_rate_when_all_has_left(void) {
    start("changes its rate when all has left", 115200);
    send(500);
    CHECK_EQ(0, line_set_rate(&line, 1000000));
    CHECK_EQ(500, fake.uart.out_count);
    CHECK_EQ(1000000, fake.uart.baud);
    fake_pass_us(10);
    feed(0, 12000);
    for (unsigned i = 0; i < 150; i++) {
        fake_pass_us(1000);
        take();
    }
    CHECK_EQ(12000, taken);
}

static void keeps_the_buffers_of_a_driver_that_does_not_stop(void) {
    start("keeps the buffers of a driver that does not stop", 115200);
    fake.uart.never_stops = true;
    CHECK_EQ(-EBUSY, line_set_rate(&line, 1000000));
    CHECK_EQ(115200, fake.uart.baud);
    feed(0, 100);
    fake_pass_us(20000);
    take();
    CHECK_EQ(100, taken);
}

static void does_not_wait_for_ever(void) {
    start("does not wait for ever", 115200);
    fake.uart.flow_control = true;
    fake.uart.cts_high = true;
    fake.uart.knows_no_timeout = true;
    send(10);
    uint64_t before = fake.now_ns;
    line_drain(&line);
    CHECK(line_can_send(&line));
    CHECK(fake.now_ns - before < 800000000u);
    CHECK_EQ(0, fake.uart.out_count);
}

static void with_flow_control(const char *name) {
    check_begin(name);
    fake_init();
    fake.uart.flow_control = true;
    taken = 0;
    CHECK_EQ(0, line_open(&line, &fake_uart, &wake));
    fake_pass_us(10);
}

static void gives_up_flow_control_that_nobody_answers(void) {
    with_flow_control("gives up flow control that nobody answers");
    fake.uart.cts_high = true;
    send(10);
    fake_pass_us(600000);
    line_mend(&line);
    CHECK(fake.uart.flow_control); /* nobody is there: that is no reason */
    send(10);
    feed(0, 5);
    fake_pass_us(600000);
    line_mend(&line);
    CHECK(!fake.uart.flow_control);
    fake_pass_us(1000);
    send(10);
    fake_pass_us(2000);
    CHECK_EQ(10, fake.uart.out_count);
}

static void keeps_flow_control_that_has_worked(void) {
    with_flow_control("keeps flow control that has worked");
    send(10);
    fake_pass_us(10000);
    CHECK_EQ(10, fake.uart.out_count);
    fake.uart.cts_high = true;
    send(10);
    feed(0, 5);
    fake_pass_us(600000);
    line_mend(&line);
    CHECK(fake.uart.flow_control);
}

static void tells_when_the_rate_cannot_change(void) {
    check_begin("tells when the rate cannot change");
    fake_init();
    fake.uart.not_configurable = true;
    CHECK_EQ(0, line_open(&line, &fake_uart, &wake));
    CHECK(!line.configurable);
    CHECK(line_set_rate(&line, 1000000) < 0);
    fake_pass_us(10);
    taken = 0;
    feed(0, 9);
    fake_pass_us(5000);
    take();
    CHECK_EQ(9, taken);
}

static void says_that_it_cannot_start(void) {
    check_begin("says that it cannot start");
    fake_init();
    fake.uart.refuses_enable = true;
    CHECK_EQ(-EIO, line_open(&line, &fake_uart, &wake));
}

int main(void) {
    hears_a_few_bytes();
    hears_a_stream();
    loses_nothing_in_an_erase();
    never_fills_the_queued_buffer();
    gives_a_buffer_late();
    goes_on_after_an_overrun();
    stands_a_break();
    outlives_a_driver_that_refuses();
    sends();
    changes_its_rate_when_all_has_left();
    keeps_the_buffers_of_a_driver_that_does_not_stop();
    does_not_wait_for_ever();
    gives_up_flow_control_that_nobody_answers();
    keeps_flow_control_that_has_worked();
    tells_when_the_rate_cannot_change();
    says_that_it_cannot_start();
    return check_summary("zephyr, line");
}
