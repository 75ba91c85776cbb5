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
 * if the slot cannot be served (page size, configuration), -EALREADY if it runs, or what a driver returned.
 */
int fota_bridge_stub_start(void);

/*
 * Ends the thread, stops the UART and asks for the crystal no longer: until then they keep an idle board from its
 * lowest power, see CONFIG_FOTA_BRIDGE_STUB_RX_IDLE_US. A session ends without a word; what is in the slot stays there,
 * and the next start goes on with it. It blocks until the thread has come to its end: a page erase or a block for the
 * modem at most. 0; -EALREADY if it does not run; -EDEADLK from the stub's own thread, that is from the listener. Start
 * and stop are called from one thread.
 */
int fota_bridge_stub_stop(void);

/*
 * The application lives. With CONFIG_FOTA_BRIDGE_STUB_WATCHDOG the board is reset if this was not called for
 * CONFIG_FOTA_BRIDGE_STUB_ALIVE_MS, from the start of the stub on, and after its stop too; without it nothing happens.
 * Call it where work gets done, not from a timer. From any thread or interrupt.
 */
void fota_bridge_stub_alive(void);

/* Sets the one listener, NULL for none. Call it before fota_bridge_stub_start(). */
void fota_bridge_stub_listen(fota_bridge_stub_listener listener);

#ifdef __cplusplus
}
#endif

#endif
