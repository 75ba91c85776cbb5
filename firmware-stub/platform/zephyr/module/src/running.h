/*
 * The image that runs, in MCUboot's primary slot: its header, the hash TLV behind its end, and what of the slot may be
 * read at all. Non-secure code reads the header (the secure side reads it for it) and its own part, but not what lies
 * between: that is TF-M's, so the image cannot be hashed as a whole, and its hash TLV is what identifies it.
 */
#ifndef FOTA_BRIDGE_RUNNING_H
#define FOTA_BRIDGE_RUNNING_H

#include <zephyr/storage/flash_map.h>

#include "stub/session.h"

/*
 * Fills in what the primary slot says: image_hash, app_version, running_at, readable but for the secondary slot.
 * Without an image with a SHA-256 TLV -ENOENT, and hash and version stay zero; or another negative errno.
 */
int running_learn(const struct flash_area *primary, struct stub_identity *identity);

#endif
