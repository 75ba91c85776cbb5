/* Blinky, as it was, and the stub beside it: the lamp goes on blinking while an update comes. */
#include <zephyr/drivers/gpio.h>
#include <zephyr/kernel.h>

#include <fota_bridge/stub.h>

#define BLINK_MS 1000

static const struct gpio_dt_spec led = GPIO_DT_SPEC_GET(DT_ALIAS(led0), gpios);

int main(void) {
    if (!gpio_is_ready_dt(&led) || gpio_pin_configure_dt(&led, GPIO_OUTPUT_ACTIVE) < 0) {
        return 0;
    }
    fota_bridge_stub_start();
    for (;;) {
        gpio_pin_toggle_dt(&led);
        k_sleep(K_MSEC(BLINK_MS));
    }
}
