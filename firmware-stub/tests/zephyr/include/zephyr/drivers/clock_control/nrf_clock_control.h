#ifndef FAKE_ZEPHYR_NRF_CLOCK_CONTROL_H
#define FAKE_ZEPHYR_NRF_CLOCK_CONTROL_H

#include <stdint.h>

#include <zephyr/sys/onoff.h>

typedef void *clock_control_subsys_t;

enum clock_control_nrf_type { CLOCK_CONTROL_NRF_TYPE_HFCLK, CLOCK_CONTROL_NRF_TYPE_LFCLK };

#define CLOCK_CONTROL_NRF_SUBSYS_HF ((clock_control_subsys_t)CLOCK_CONTROL_NRF_TYPE_HFCLK)

struct onoff_manager *z_nrf_clock_control_get_onoff(clock_control_subsys_t sys);

#endif
