/* The watchdog of a board whose application, stub or start hangs, and of one that is only busy. */
#include "../check.h"
#include "fake_host.h"
#include "fakes.h"
#include "fakes_internal.h"
#include "fota_bridge/stub.h"

#define SECOND_MS 1000u
#define SECOND_US 1000000u
#define ERASE_NS 87500000u
#define LIMIT_MS (CONFIG_FOTA_BRIDGE_STUB_ALIVE_MS + CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS)

static void boot(const char *name) {
    fake_host_begin(name);
    fake_boot();
}

static void boot_and_start(const char *name) {
    boot(name);
    CHECK_EQ(0, fota_bridge_stub_start());
}

static void feeds_while_both_live(void) {
    boot_and_start("feeds while both live");
    for (unsigned i = 0; i < 200; i++) {
        fota_bridge_stub_alive();
        fake_host_run_ms(SECOND_MS);
    }
    CHECK_EQ(0, fake.watchdog_resets);
}

/* The stub's thread goes round, and answers; nobody calls fota_bridge_stub_alive(). */
static void resets_when_the_application_hangs(void) {
    boot_and_start("resets when the application hangs");
    fake_host_hello();
    CHECK(host.welcome);
    fake_host_run_ms(CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS - SECOND_MS);
    CHECK_EQ(0, fake.watchdog_resets);
    fake_host_run_ms(LIMIT_MS);
    CHECK_EQ(1, fake.watchdog_resets);
}

/* The application calls, but the stub's thread does not run. */
static void resets_when_the_stub_hangs(void) {
    boot_and_start("resets when the stub hangs");
    for (unsigned i = 0; i < 2 * LIMIT_MS / SECOND_MS; i++) {
        fota_bridge_stub_alive();
        fake_pass_us(SECOND_US);
    }
    CHECK_EQ(1, fake.watchdog_resets);
}

/* The modem may take minutes for a delta before the stub starts; an application that never starts it is reset. */
static void gives_the_start_its_time(void) {
    boot("gives the start its time");
    fake_pass_us((uint64_t)CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_START_S * SECOND_US - SECOND_US);
    CHECK_EQ(0, fake.watchdog_resets);
    fake_pass_us((uint64_t)CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS * 1000u + 2 * SECOND_US);
    CHECK_EQ(1, fake.watchdog_resets);
}

static void a_call_before_the_start_takes_none_of_its_time(void) {
    boot("a call before the start takes none of its time");
    fota_bridge_stub_alive();
    fake_pass_us(10u * LIMIT_MS * 1000u);
    CHECK_EQ(0, fake.watchdog_resets);
}

/* The whole slot erased: the CPU is gone nearly all the time. */
static void outlives_erases(void) {
    boot_and_start("outlives erases");
    for (unsigned i = 0; i < FAKE_SLOT_SIZE / FAKE_PAGE; i++) {
        fake_stall(ERASE_NS);
        fota_bridge_stub_alive();
        fake_host_run_ms(1);
    }
    CHECK_EQ(0, fake.watchdog_resets);
}

static void asks_the_application_alone_after_a_stop(void) {
    boot_and_start("asks the application alone after a stop");
    CHECK_EQ(0, fota_bridge_stub_stop());
    for (unsigned i = 0; i < 2 * LIMIT_MS / SECOND_MS; i++) {
        fota_bridge_stub_alive();
        fake_pass_us(SECOND_US);
    }
    CHECK_EQ(0, fake.watchdog_resets);
    fake_pass_us(2u * LIMIT_MS * 1000u);
    CHECK_EQ(1, fake.watchdog_resets);
}

static void starts_without_a_watchdog(void) {
    fake_host_begin("starts without a watchdog");
    fake.watchdog_missing = true;
    fake_boot();
    CHECK_EQ(0, fota_bridge_stub_start());
    fake_host_run_ms(20);
    fake_host_hello();
    CHECK(host.welcome);
}

int main(void) {
    gives_the_start_its_time();
    a_call_before_the_start_takes_none_of_its_time();
    feeds_while_both_live();
    resets_when_the_application_hangs();
    resets_when_the_stub_hangs();
    outlives_erases();
    asks_the_application_alone_after_a_stop();
    starts_without_a_watchdog();
    return check_summary("zephyr, watchdog");
}
