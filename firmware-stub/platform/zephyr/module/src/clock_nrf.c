#include <zephyr/drivers/clock_control/nrf_clock_control.h>
#include <zephyr/sys/onoff.h>

#include "board.h"

static struct onoff_client client;

/* The RC oscillator would be some percent off, on the line and in the flash's times. */
void board_start_crystal(void) {
    sys_notify_init_spinwait(&client.notify);
    onoff_request(z_nrf_clock_control_get_onoff(CLOCK_CONTROL_NRF_SUBSYS_HF), &client);
}

void board_release_crystal(void) {
    onoff_cancel_or_release(z_nrf_clock_control_get_onoff(CLOCK_CONTROL_NRF_SUBSYS_HF), &client);
}
