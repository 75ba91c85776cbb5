#ifndef FAKE_ZEPHYR_BYTEORDER_H
#define FAKE_ZEPHYR_BYTEORDER_H

#include <stdint.h>

static inline uint16_t sys_get_le16(const uint8_t src[2]) {
    return (uint16_t)(src[0] | src[1] << 8);
}

static inline uint32_t sys_get_le32(const uint8_t src[4]) {
    return sys_get_le16(src) | (uint32_t)sys_get_le16(src + 2) << 16;
}

#endif
