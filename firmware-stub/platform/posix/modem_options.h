/*
 * How a modem is chosen on the command line (--modem VERSION ...) and in lockstep (modem=VERSION ...), with the same
 * words:
 *
 *   modem VERSION            the board has a modem; the firmware that a new one runs, at most 32 characters
 *   modem-uuid UUID          of that firmware, 36 characters; default: made from the version
 *   modem-area blank|dirty   of a new modem (blank)
 *   modem-area-size N        bytes (294912)
 *   modem-erase-ms N         how long an erase takes (6500; 20000 is a busy modem's; 0 never ends, as with LTE)
 *   modem-apply-ms N         how long the update itself takes at the start (40000)
 *   modem-fault CALL:CODE[:TIMES]  what open, erase, write or schedule answers, always or so often: 23 supply low
 *   modem-cut-at N           power is cut before the modem's Nth operation (erase, write, schedule, apply)
 *   modem-result WHAT        how updates end: ok, none (carried out, nobody says so), internal, hardware, auth, uuid,
 *                            voltage-low, voltage-low-once
 */
#ifndef POSIX_MODEM_OPTIONS_H
#define POSIX_MODEM_OPTIONS_H

#include <stdbool.h>

#include "../virtual/modem.h"

/* Room for the words that a configuration points to. */
struct modem_words {
    char version[STUB_MODEM_VERSION_SIZE];
    char uuid[STUB_MODEM_UUID_SIZE + 1];
};

struct modem_config modem_defaults(void);

/* Takes one of the words above; false if it is none, or its value is not possible. */
bool modem_option(struct modem_config *config, struct modem_words *words, const char *name, const char *value);

#endif
