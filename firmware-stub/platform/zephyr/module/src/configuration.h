/* What the session is told of this board, and the memory that it is lent. */
#ifndef FOTA_BRIDGE_CONFIGURATION_H
#define FOTA_BRIDGE_CONFIGURATION_H

#include "line.h"
#include "slot.h"
#include "stub/session.h"

/* line and slot are open. 0, or a negative errno: no entropy, flash that cannot be read, a page that is too large. */
int configuration_make(struct stub_config *config, const struct line *line, const struct slot *slot);

#endif
