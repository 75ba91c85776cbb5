/* The stub stops when the application wants the board idle, and starts again. */
#include <errno.h>

#include "../check.h"
#include "fake_host.h"
#include "fakes.h"
#include "fota_bridge/stub.h"
#include "wire.h"

static void leaves_nothing_running(void) {
    fake_host_start("leaves nothing running");
    fake_host_hello();
    CHECK(host.welcome);
    CHECK_EQ(0, fota_bridge_stub_stop());
    CHECK(fake.uart.active == NULL);
    CHECK(fake.uart.out_buffer == NULL);
    CHECK(!fake.crystal);
    fake_feed((const uint8_t[]){1, 2, 3}, 3);
    fake_pass_us(10000);
    CHECK_EQ(3, fake.uart.lost);
}

/* At the rate that the line starts at, wherever a host had taken it. */
static void starts_again(void) {
    fake_host_start("starts again");
    uint8_t rate[4] = {0x40, 0x42, 0x0F, 0};
    fake_host_hello();
    CHECK_EQ(STUB_OK, fake_host_ask(STUB_RATE, rate, sizeof rate, 100));
    CHECK_EQ(1000000, fake.uart.baud);
    CHECK_EQ(0, fota_bridge_stub_stop());
    CHECK_EQ(115200, fake.uart.baud);
    CHECK_EQ(0, fota_bridge_stub_start());
    CHECK(fake.crystal);
    fake_host_run_ms(20);
    host.welcome = false;
    fake_host_hello();
    CHECK(host.welcome);
}

static void takes_back_flow_control_that_it_gave_up(void) {
    fake_host_begin("takes back flow control that it gave up");
    fake.uart.flow_control = true;
    fake.uart.cts_high = true;
    CHECK_EQ(0, fota_bridge_stub_start());
    fake_feed((const uint8_t[]){1, 2, 3}, 3);
    fake_host_run_ms(1200);
    CHECK(!fake.uart.flow_control);
    CHECK_EQ(0, fota_bridge_stub_stop());
    CHECK(fake.uart.flow_control);
}

static void says_what_cannot_be(void) {
    fake_host_start("says what cannot be");
    CHECK_EQ(-EALREADY, fota_bridge_stub_start());
    CHECK_EQ(0, fota_bridge_stub_stop());
    CHECK_EQ(-EALREADY, fota_bridge_stub_stop());
}

static int code;

static void stop_from_within(const struct stub_event *event) {
    if (event->type == STUB_EVENT_RESET) {
        code = fota_bridge_stub_stop();
    }
}

static void is_not_stopped_by_its_own_thread(void) {
    fake_host_start("is not stopped by its own thread");
    fota_bridge_stub_listen(stop_from_within);
    fake_host_hello();
    CHECK_EQ(STUB_OK, fake_host_ask(STUB_RESET, host.boot_id, 8, 200));
    CHECK_EQ(-EDEADLK, code);
}

/* A start that fails leaves the crystal and the UART as they were. */
static void a_start_that_fails_takes_nothing(void) {
    fake_host_begin("a start that fails takes nothing");
    fake.entropy_missing = true;
    CHECK_EQ(-ENODEV, fota_bridge_stub_start());
    CHECK(!fake.crystal);
    CHECK(fake.uart.active == NULL);
    fake.entropy_missing = false;
    CHECK_EQ(0, fota_bridge_stub_start());
}

int main(void) {
    leaves_nothing_running();
    starts_again();
    takes_back_flow_control_that_it_gave_up();
    says_what_cannot_be();
    is_not_stopped_by_its_own_thread();
    a_start_that_fails_takes_nothing();
    return check_summary("zephyr, stop");
}
