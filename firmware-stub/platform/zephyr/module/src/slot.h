/*
 * MCUboot's secondary slot and trailers through Zephyr's flash map and MCUboot's API: what struct stub_port asks for.
 */
#ifndef FOTA_BRIDGE_SLOT_H
#define FOTA_BRIDGE_SLOT_H

#include <zephyr/storage/flash_map.h>

#include "stub/session.h"

struct slot {
    const struct flash_area *primary;
    const struct flash_area *secondary;
    struct stub_slot geometry;
    struct stub_port port;
};

/* 0, or a negative errno: the flash is not ready, or its geometry is one that the protocol has no words for. */
int slot_open(struct slot *slot);

#endif
