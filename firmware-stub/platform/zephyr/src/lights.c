#include "lights.h"

#include <zephyr/drivers/gpio.h>
#include <zephyr/kernel.h>

enum { ALIVE, UPLOADING, PENDING, FAILED, COUNT };

/* A board without LEDs has empty entries. */
static const struct gpio_dt_spec lights[COUNT] = {
    GPIO_DT_SPEC_GET_OR(DT_ALIAS(led0), gpios, {0}),
    GPIO_DT_SPEC_GET_OR(DT_ALIAS(led1), gpios, {0}),
    GPIO_DT_SPEC_GET_OR(DT_ALIAS(led2), gpios, {0}),
    GPIO_DT_SPEC_GET_OR(DT_ALIAS(led3), gpios, {0}),
};

static void set(unsigned light, bool on) {
    if (lights[light].port != NULL) {
        gpio_pin_set_dt(&lights[light], on);
    }
}

void lights_init(void) {
    for (unsigned i = 0; i < COUNT; i++) {
        if (lights[i].port != NULL && gpio_is_ready_dt(&lights[i])) {
            gpio_pin_configure_dt(&lights[i], GPIO_OUTPUT_INACTIVE);
        }
    }
}

void lights_alive(bool started) {
    static bool on;
    on = !on;
    set(ALIVE, on || !started);
    for (unsigned i = UPLOADING; !started && i < COUNT; i++) {
        set(i, true);
    }
}

void lights_show(const struct stub_event *event) {
    switch (event->type) {
    case STUB_EVENT_UPLOAD_BEGUN:
        set(UPLOADING, true);
        set(FAILED, false);
        break;
    case STUB_EVENT_VERIFIED:
        set(UPLOADING, false);
        break;
    case STUB_EVENT_MARKED:
        set(PENDING, true);
        break;
    case STUB_EVENT_ABORTED:
        set(UPLOADING, false);
        set(PENDING, false);
        break;
    case STUB_EVENT_FAILED:
        set(UPLOADING, false);
        set(FAILED, true);
        break;
    default:
        break;
    }
}
