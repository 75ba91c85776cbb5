#include "watchdog.h"

#include <stdbool.h>

#include <zephyr/device.h>
#include <zephyr/drivers/watchdog.h>
#include <zephyr/init.h>
#include <zephyr/kernel.h>

#define START_MS (1000u * CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_START_S)
#define FEED_MS (CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS / 4)
#define THREAD_SLEEP_MS (CONFIG_FOTA_BRIDGE_STUB_ALIVE_MS / 4)

BUILD_ASSERT(CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS >= 10 * CONFIG_FOTA_BRIDGE_STUB_STALL_MAX_MS,
             "the watchdog's time is too short for flash that is erased");

struct life {
    uint32_t told_ms;
    uint32_t limit_ms; /* how old told_ms may be; 0: nobody need tell */
};

#if DT_NODE_EXISTS(DT_ALIAS(watchdog0))
static const struct device *const device = DEVICE_DT_GET(DT_ALIAS(watchdog0));
#else
BUILD_ASSERT(0, "the watchdog needs the devicetree's alias watchdog0");
static const struct device *const device = NULL;
#endif
static struct life application = {0, START_MS};
static struct life thread;
static int channel;

/* Only compares and stores of one word: an interrupt in between sees the old life or the new one. */
static bool lives(const struct life *life) {
    uint32_t age_ms = k_uptime_get_32() - *(const volatile uint32_t *)&life->told_ms;
    return life->limit_ms == 0 || (int32_t)(age_ms - life->limit_ms) < 0;
}

static void feed(struct k_timer *timer) {
    ARG_UNUSED(timer);
    if (lives(&application) && lives(&thread)) {
        wdt_feed(device, channel);
    }
}

static K_TIMER_DEFINE(feeder, feed, NULL);

/*
 * A watchdog that cannot be had does not keep the board from starting. One that still runs from before a reset by
 * software is taken over as it is.
 */
static int start(void) {
    const struct wdt_timeout_cfg timeout = {
        .window = {.min = 0, .max = CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_MS},
        .flags = WDT_FLAG_RESET_SOC,
    };
    if (!device_is_ready(device)) {
        return 0;
    }
    channel = wdt_install_timeout(device, &timeout);
    if (channel >= 0 && wdt_setup(device, WDT_OPT_PAUSE_HALTED_BY_DBG) == 0) {
        k_timer_start(&feeder, K_NO_WAIT, K_MSEC(FEED_MS));
    }
    return 0;
}

SYS_INIT(start, POST_KERNEL, CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_INIT_PRIORITY);

static void tell(struct life *life) {
    life->told_ms = k_uptime_get_32();
}

void watchdog_begin(void) {
    tell(&application);
    tell(&thread);
    application.limit_ms = CONFIG_FOTA_BRIDGE_STUB_ALIVE_MS;
    thread.limit_ms = CONFIG_FOTA_BRIDGE_STUB_ALIVE_MS;
}

void watchdog_end(void) {
    thread.limit_ms = 0;
}

void watchdog_application_lives(void) {
    tell(&application);
}

void watchdog_thread_lives(void) {
    tell(&thread);
}

int32_t watchdog_sleep(int32_t wanted_ms) {
    return wanted_ms < 0 || wanted_ms > THREAD_SLEEP_MS ? THREAD_SLEEP_MS : wanted_ms;
}
