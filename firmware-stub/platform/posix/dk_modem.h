/* The board's modem, in the board's time, as the stub's core calls it. */
#ifndef POSIX_DK_MODEM_H
#define POSIX_DK_MODEM_H

#include "dk.h"

/* Connects the modem that the board's configuration names; does nothing if there is none. */
void dk_modem_init(struct dk *dk, struct modem_meta *meta);
/* After a reset: the application initialises the modem, which may first apply a delta. */
void dk_modem_start(struct dk *dk);
/* What the session is given: NULL if there is no modem. */
const struct stub_modem *dk_modem_port(const struct dk *dk);

#endif
