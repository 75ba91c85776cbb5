#ifndef FAKE_NRF_MODEM_AT_H
#define FAKE_NRF_MODEM_AT_H

#include <stddef.h>

int nrf_modem_at_printf(const char *fmt, ...);
int nrf_modem_at_cmd(void *buf, size_t len, const char *fmt, ...);

#endif
