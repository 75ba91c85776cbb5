/*
 * Modem deltas through nrf_modem_delta_dfu: what struct stub_modem asks for. The application initialises the modem
 * library, best before the stub starts; until then the modem answers -NRF_EPERM.
 */
#ifndef FOTA_BRIDGE_MODEM_DELTA_H
#define FOTA_BRIDGE_MODEM_DELTA_H

#include "stub/modem.h"

const struct stub_modem *modem_port(void);
/* Before a reset: the modem must not be cut off in the middle of something. Takes seconds. */
void modem_shutdown(void);

#endif
