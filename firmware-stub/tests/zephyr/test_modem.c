/* The modem's delta update, and a modem that refuses. */
#include <modem/nrf_modem_lib.h>
#include <nrf_errno.h>
#include <nrf_modem.h>

#include "../check.h"
#include "fakes.h"
#include "modem_delta.h"

static const struct stub_modem *port;
static struct stub_modem_state state;

static void start(const char *name) {
    check_begin(name);
    fake_init();
    port = modem_port();
}

static void look(void) {
    memset(&state, 0, sizeof state);
    port->look(port->context, &state);
}

static void says_what_the_modem_is(void) {
    start("says what the modem is");
    fake.modem.offset = 8644;
    look();
    CHECK_EQ(0, state.error);
    CHECK_BYTES("12345678-1234-1234-1234-123456789abc", state.uuid, sizeof state.uuid);
    CHECK(strcmp(state.version, "mfw_nrf9160_1.3.6") == 0);
    CHECK_EQ(294912, state.area_size);
    CHECK_EQ(8644, state.offset);
    CHECK_EQ(0, state.result);
}

static void waits_for_the_application(void) {
    uint32_t offset;
    start("waits for the application");
    fake.modem.initialized = false;
    look();
    CHECK_EQ(-NRF_EPERM, state.error);
    CHECK_EQ(-NRF_EPERM, port->offset(port->context, &offset));
    CHECK_EQ(-NRF_EPERM, port->write(port->context, "x", 1));
    nrf_modem_lib_init();
    look();
    CHECK_EQ(0, state.error);
}

static void cuts_a_long_version(void) {
    start("cuts a long version");
    fake.modem.version = "mfw_nrf9160_1.3.6-FOTA-TEST-and-much-more-behind-it";
    look();
    CHECK(strcmp(state.version, "mfw_nrf9160_1.3.6-FOTA-TEST-and-") == 0);
    fake.modem.version = NULL;
    look();
    CHECK_EQ(0, state.error);
    CHECK(state.version[0] == '\0');
}

/* While it erases, the modem answers 17, sometimes 5. */
static void knows_an_erase_under_way(void) {
    static const int codes[] = {STUB_MODEM_ERASE_PENDING, STUB_MODEM_INVALID_DATA};
    start("knows an erase under way");
    CHECK_EQ(0, port->erase(port->context));
    CHECK(fake.modem.erased);
    for (unsigned i = 0; i < 2; i++) {
        uint32_t offset;
        fake.modem.offset_error = codes[i];
        look();
        CHECK_EQ(STUB_MODEM_ERASE_PENDING, state.error);
        CHECK_EQ(0, state.area_size);
        CHECK_EQ(0, state.uuid[0]);
        CHECK_EQ(codes[i], port->offset(port->context, &offset));
    }
    fake.modem.offset_error = 12;
    look();
    CHECK_EQ(12, state.error);
}

static void writes_and_schedules(void) {
    uint32_t offset;
    start("writes and schedules");
    CHECK_EQ(0, port->write(port->context, "abc", 3));
    CHECK_EQ(0, port->write(port->context, "de", 2));
    CHECK_EQ(2, fake.modem.writes);
    CHECK_EQ(0, port->offset(port->context, &offset));
    CHECK_EQ(5, offset);
    CHECK_EQ(0, port->close(port->context));
    CHECK(!fake.modem.open);
    CHECK_EQ(1, fake.modem.closes);
    CHECK_EQ(0, port->close(port->context));
    CHECK_EQ(1, fake.modem.closes); /* nothing was open */
    CHECK_EQ(0, port->schedule(port->context));
    CHECK(fake.modem.scheduled);
}

/* Whatever the modem says is handed on as it is. */
static void hands_on_what_the_modem_says(void) {
    for (int code = 1; code <= 23; code++) {
        uint32_t offset;
        start("hands on what the modem says");
        fake.modem.write_error = code;
        fake.modem.update_error = code;
        CHECK_EQ(code, port->write(port->context, "x", 1));
        CHECK_EQ(code, port->schedule(port->context));
        CHECK(!fake.modem.scheduled);
        fake.modem.error = code;
        CHECK_EQ(code, port->offset(port->context, &offset));
        CHECK_EQ(code, port->erase(port->context));
        CHECK_EQ(code, port->write(port->context, "x", 1));
        CHECK_EQ(code, port->close(port->context));
        look();
        CHECK_EQ(code, state.error);
    }
}

static void keeps_the_result_of_the_last_update(void) {
    start("keeps the result of the last update");
    fake_dfu_hook.callback((int)NRF_MODEM_DFU_RESULT_VOLTAGE_LOW, fake_dfu_hook.context);
    look();
    CHECK_EQ(STUB_MODEM_RESULT_VOLTAGE_LOW, state.result);
    fake.modem.initialized = false;
    look();
    CHECK_EQ(STUB_MODEM_RESULT_VOLTAGE_LOW, state.result);
    fake_dfu_hook.callback((int)NRF_MODEM_DFU_RESULT_OK, fake_dfu_hook.context);
    look();
    CHECK_EQ(STUB_MODEM_RESULT_OK, state.result);
}

static void shuts_down(void) {
    start("shuts down");
    modem_shutdown();
    CHECK(fake.modem.shut_down);
    fake.modem.shut_down = false;
    modem_shutdown();
    CHECK(!fake.modem.shut_down);
}

int main(void) {
    says_what_the_modem_is();
    waits_for_the_application();
    cuts_a_long_version();
    knows_an_erase_under_way();
    writes_and_schedules();
    hands_on_what_the_modem_says();
    keeps_the_result_of_the_last_update();
    shuts_down();
    return check_summary("zephyr, modem");
}
