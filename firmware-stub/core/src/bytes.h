/* Little-endian integers in byte buffers, and the few byte loops that more than one file needs. */
#ifndef STUB_BYTES_H
#define STUB_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One instruction where words may be unaligned, so a call of it would cost space and time. */
#if defined(__GNUC__)
#define STUB_INLINE static inline __attribute__((always_inline))
#else
#define STUB_INLINE static inline
#endif

STUB_INLINE uint16_t stub_get_le16(const uint8_t *at) {
    return (uint16_t)(at[0] | (uint16_t)(at[1] << 8));
}

STUB_INLINE uint32_t stub_get_le32(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Two stores of a byte are two instructions and a shift to gcc 12 at -Os; a copy is one. */
STUB_INLINE void stub_put_le16(uint8_t *at, uint16_t value) {
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    __builtin_memcpy(at, &value, sizeof value);
#else
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
#endif
}

STUB_INLINE void stub_put_le32(uint8_t *at, uint32_t value) {
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    __builtin_memcpy(at, &value, sizeof value);
#else
    stub_put_le16(at, (uint16_t)value);
    stub_put_le16(at + 2, (uint16_t)(value >> 16));
#endif
}

static inline bool stub_all_ff(const uint8_t *at, size_t count) {
    while (count >= 4 && stub_get_le32(at) == UINT32_MAX) {
        at += 4;
        count -= 4;
    }
    while (count > 0 && *at == 0xFF) {
        at++;
        count--;
    }
    return count == 0;
}

static inline uint32_t stub_min32(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* a + b, or the largest value where that would wrap. */
static inline uint32_t stub_add_saturating(uint32_t a, uint32_t b) {
    return b > UINT32_MAX - a ? UINT32_MAX : a + b;
}

#endif
