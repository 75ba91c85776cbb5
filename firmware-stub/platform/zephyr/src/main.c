/*
 * The board's application when it has none: the stub, and lights that say what it does. With modem updates it also
 * starts the modem, which carries out a scheduled modem update and takes minutes for it; the stub starts afterwards, so
 * that it can say how that went to the first host that asks.
 */
#include <zephyr/kernel.h>

#include "fota_bridge/stub.h"
#include "lights.h"
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
#include <modem/nrf_modem_lib.h>
#endif

#define BLINK_MS 500

int main(void) {
    lights_init();
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
    nrf_modem_lib_init(); /* whatever it returns: the modem's port tells the host */
#endif
    fota_bridge_stub_listen(lights_show);
    bool failed = fota_bridge_stub_start() != 0;
    for (;;) {
        lights_alive(!failed);
        k_sleep(K_MSEC(BLINK_MS));
    }
}
