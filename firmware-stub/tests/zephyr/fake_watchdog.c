/* The watchdog: it runs on through a reset by software, and one of its own ends it. */
#include <errno.h>

#include <zephyr/drivers/watchdog.h>

#include "../check.h"
#include "fakes.h"

#define CHANNEL 3

const struct device fake_watchdog = {"watchdog"};

static uint64_t timeout_ns;

static void count_from_now(void) {
    fake.watchdog_ns = fake.now_ns + timeout_ns;
}

int wdt_install_timeout(const struct device *dev, const struct wdt_timeout_cfg *cfg) {
    CHECK(dev == &fake_watchdog);
    if (cfg->flags != WDT_FLAG_RESET_SOC || cfg->window.min != 0 || cfg->window.max == 0) {
        return -EINVAL;
    }
    timeout_ns = (uint64_t)cfg->window.max * 1000000u;
    return CHANNEL;
}

int wdt_setup(const struct device *dev, uint8_t options) {
    (void)dev;
    (void)options;
    count_from_now();
    return 0;
}

int wdt_feed(const struct device *dev, int channel_id) {
    (void)dev;
    CHECK_EQ(CHANNEL, channel_id);
    CHECK(fake.watchdog_ns != FAKE_NEVER);
    count_from_now();
    return 0;
}
