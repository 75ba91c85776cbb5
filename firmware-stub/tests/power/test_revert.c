/*
 * Images on trial that are no good, on a board with a watchdog: each is reset by itself, and MCUboot takes it back. The
 * watchdog does not strike where nobody hangs, not even in a swap that takes longer than its time.
 */
#include <string.h>

#include "../check.h"
#include "world.h"

#define MS UINT64_C(1000000)
#define WATCHDOG_MS 500u /* the swap of five pages takes two seconds */
#define LONG_MS 20000u

static struct world w;

static struct {
    unsigned watchdogs;
    unsigned crashes;
    unsigned boots;
} seen;

static void note_events(void) {
    struct dk_event event;
    while (dk_poll(&w.dk, &event)) {
        seen.watchdogs += event.type == DK_EVENT_WATCHDOG;
        seen.crashes += event.type == DK_EVENT_CRASH;
        seen.boots += event.type == DK_EVENT_BOOTED;
    }
}

static void run_ms(uint32_t ms) {
    uint64_t end_ns = w.dk.cpu_ns + ms * MS;
    for (uint64_t at_ns = w.dk.cpu_ns; at_ns < end_ns; at_ns += MS) {
        dk_run(&w.dk, at_ns);
        note_events();
    }
}

/* A board that runs its factory's image, with a whole new one in slot 1 that behaves like that. */
static void make(const char *name, enum dk_new_image behaviour) {
    static const struct world_case what = {.mode = BOOT_MOVE, .pages = WORLD_PAGES_MAX, .seed = 1};
    check_begin(name);
    memset(&seen, 0, sizeof seen);
    world_make(&w, &what);
    memcpy(w.flash + w.dk.config.layout.secondary, w.image[1].bytes, w.image[1].size);
    struct dk_config config = w.dk.config;
    config.timing = true;
    config.baud = 115200;
    config.cpu_percent = 100;
    config.new_image = behaviour;
    config.watchdog_ms = WATCHDOG_MS;
    dk_init(&w.dk, &config, w.flash, &w.meta, 1);
    dk_power_on(&w.dk, 0);
    run_ms(1000);
    CHECK(world_runs(&w, 0));
    CHECK_EQ(DK_RUNNING, w.dk.state);
}

static void swap(void) {
    CHECK_EQ(0, boot_request_upgrade(&w.dk.boot, false));
    w.dk.reset_ns = w.dk.cpu_ns;
    run_ms(1);
    CHECK(world_runs(&w, 1));
}

static void is_taken_back(void) {
    CHECK(world_runs(&w, 0));
    CHECK(boot_is_confirmed(&w.dk.boot));
    CHECK_EQ(DK_RUNNING, w.dk.state);
    CHECK_EQ(3, seen.boots);
}

static void an_image_that_crashes(void) {
    make("an image that crashes", DK_CRASHES);
    swap();
    run_ms(LONG_MS);
    is_taken_back();
    CHECK_EQ(1, seen.crashes);
    CHECK_EQ(0, seen.watchdogs);
}

static void an_image_that_hangs(void) {
    make("an image that hangs", DK_HANGS);
    swap();
    CHECK_EQ(DK_HUNG, w.dk.state);
    run_ms(LONG_MS);
    is_taken_back();
    CHECK_EQ(1, seen.watchdogs);
}

/* The stub answers all the while, so it is the application that must be asked. */
static void an_application_that_hangs_while_its_stub_lives(void) {
    make("an application that hangs while its stub lives", DK_STUCK);
    swap();
    CHECK_EQ(DK_RUNNING, w.dk.state);
    run_ms(WATCHDOG_MS - 100);
    CHECK_EQ(DK_RUNNING, w.dk.state);
    CHECK(world_runs(&w, 1));
    run_ms(LONG_MS);
    is_taken_back();
    CHECK_EQ(1, seen.watchdogs);
}

static void a_swap_that_is_longer_than_the_watchdogs_time(void) {
    make("a swap that is longer than the watchdog's time", DK_PLAYS_ALONG);
    uint64_t before_ns = w.dk.cpu_ns;
    swap();
    CHECK(w.dk.cpu_ns - before_ns > 2 * WATCHDOG_MS * MS);
    CHECK_EQ(0, seen.watchdogs);
    CHECK_EQ(0, boot_confirm(&w.dk.boot));
    run_ms(LONG_MS);
    CHECK(world_runs(&w, 1));
    CHECK_EQ(0, seen.watchdogs);
    CHECK_EQ(2, seen.boots);
}

int main(void) {
    an_image_that_crashes();
    an_image_that_hangs();
    an_application_that_hangs_while_its_stub_lives();
    a_swap_that_is_longer_than_the_watchdogs_time();
    return check_summary("images that are taken back");
}
