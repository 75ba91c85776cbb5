/*
 * The board's application when it has none: the stub, and lights that say what it does. With the modem library it also
 * starts the modem, which carries out a scheduled modem update; that takes minutes, and the stub answers meanwhile.
 */
#include <zephyr/kernel.h>

#include "fota_bridge/stub.h"
#include "lights.h"
#if defined(CONFIG_NRF_MODEM_LIB)
#include <modem/nrf_modem_lib.h>
#endif

#define BLINK_MS 500

int main(void) {
    lights_init();
    fota_bridge_stub_listen(lights_show);
    bool failed = fota_bridge_stub_start() != 0;
#if defined(CONFIG_NRF_MODEM_LIB)
    nrf_modem_lib_init();
#endif
    for (;;) {
        lights_alive(!failed);
        k_sleep(K_MSEC(BLINK_MS));
    }
}
