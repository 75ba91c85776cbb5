/*
 * The stub as a part of any Zephyr application:
 *
 *     #include <fota_bridge/stub.h>
 *     fota_bridge_stub_start();
 *
 * and in an overlay: / { chosen { dev-fotabridge,stub-uart = &uart0; }; };
 *
 * It runs in a thread of its own and resets the board when the host asks for it. The application's other work goes on,
 * except that the CPU is gone for 87.5 ms (nRF9160) while a flash page is erased.
 */
#ifndef FOTA_BRIDGE_STUB_H
#define FOTA_BRIDGE_STUB_H

#include "stub/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Told of what happens in an update, from the stub's thread; it must not block for long. At STUB_EVENT_RESET the board
 * resets as soon as it returns: the last chance to save something.
 */
typedef void (*fota_bridge_stub_listener)(const struct stub_event *event);

/*
 * Opens the UART and starts the thread. 0, or a negative errno: -ENODEV if the UART or the flash is not ready, -ENOTSUP
 * if the slot cannot be served (page size, configuration), or what a driver returned. May be called once.
 */
int fota_bridge_stub_start(void);

/* Sets the one listener, NULL for none. Call it before fota_bridge_stub_start(). */
void fota_bridge_stub_listen(fota_bridge_stub_listener listener);

#ifdef __cplusplus
}
#endif

#endif
