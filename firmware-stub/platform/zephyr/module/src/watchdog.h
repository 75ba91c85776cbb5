/*
 * The board's watchdog, for an image that hangs (CONFIG_FOTA_BRIDGE_STUB_WATCHDOG). It runs from the board's start. A
 * timer's interrupt feeds it as long as both have told in time that they live: the application, and the stub's thread.
 * Before the stub starts, nobody need tell for CONFIG_FOTA_BRIDGE_STUB_WATCHDOG_START_S: the application initialises
 * itself, and the modem applies a delta.
 */
#ifndef FOTA_BRIDGE_WATCHDOG_H
#define FOTA_BRIDGE_WATCHDOG_H

#include <stdint.h>

#if defined(CONFIG_FOTA_BRIDGE_STUB_WATCHDOG)
/* The stub starts: from now on the application and the thread must tell. */
void watchdog_begin(void);
/* The stub has stopped: the application alone must tell. */
void watchdog_end(void);
/* The application lives. Any context. */
void watchdog_application_lives(void);
/* The stub's thread lives. */
void watchdog_thread_lives(void);
/* How long the thread may sleep, in milliseconds, if it wants to sleep so long; -1 is for ever. */
int32_t watchdog_sleep(int32_t wanted_ms);
#else
static inline void watchdog_begin(void) {
}

static inline void watchdog_end(void) {
}

static inline void watchdog_application_lives(void) {
}

static inline void watchdog_thread_lives(void) {
}

static inline int32_t watchdog_sleep(int32_t wanted_ms) {
    return wanted_ms;
}
#endif

#endif
