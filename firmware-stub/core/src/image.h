#ifndef STUB_IMAGE_H
#define STUB_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "stub/state.h"

/* True if the slot's image area starts with an MCUboot image whose hash TLV is this one. */
bool stub_image_has_hash(const struct stub_session *s, const uint8_t hash[STUB_HASH_SIZE]);

#endif
