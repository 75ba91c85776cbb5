/*
 * Deflate streams, in a ring that wraps anywhere, with a dictionary of 0 to 4095 bytes that may fail to be read: never
 * a byte outside of the page, never more than was there, and the same result however the ring lies. Input: capacity
 * u16, dictionary's length u16 (top bit: cannot be read), the stream's offset u16, the stream.
 */
#include "inflate.h"

#include "bytes.h"
#include "fuzz.h"
#include "wire.h"

#define RING 8192u
#define PAGE 4096u
#define HEAD 6u

struct dictionary {
    uint32_t length;
    bool broken;
};

static int read_dictionary(const void *context, uint32_t position, uint8_t *into, uint32_t count) {
    const struct dictionary *d = context;
    CHECK(position <= d->length && count <= d->length - position);
    for (uint32_t i = 0; i < count; i++) {
        into[i] = (uint8_t)((position + i) * 13 + (position + i) / 256);
    }
    return d->broken ? -1 : 0;
}

static uint8_t inflate_at(uint32_t at, const uint8_t *bytes, uint32_t count, const struct dictionary *d, uint8_t *out,
                          uint32_t capacity, uint32_t *produced) {
    uint8_t *ring = calloc(RING, 1);
    for (uint32_t i = 0; i < count; i++) {
        ring[(at + i) % RING] = bytes[i];
    }
    const struct stub_deflated in = {ring, RING, at, at + count};
    const struct stub_dictionary dictionary = {d->length, read_dictionary, d};
    uint8_t code = stub_inflate(&in, &dictionary, out, capacity, produced);
    free(ring);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (count <= HEAD || count > HEAD + PAGE) {
        return 0;
    }
    const uint32_t capacity = 1 + stub_get_le16(bytes) % PAGE;
    const struct dictionary d = {stub_get_le16(bytes + 2) % PAGE, bytes[3] >= 0x80};
    const uint32_t at = stub_get_le16(bytes + 4) * 65521u;
    uint32_t produced[2] = {0};
    uint8_t *out[2] = {malloc(capacity), malloc(capacity)};
    memset(out[0], 0xA5, capacity);
    memset(out[1], 0xA5, capacity);
    uint8_t first = inflate_at(0, bytes + HEAD, (uint32_t)count - HEAD, &d, out[0], capacity, &produced[0]);
    uint8_t second = inflate_at(at, bytes + HEAD, (uint32_t)count - HEAD, &d, out[1], capacity, &produced[1]);
    CHECK(first == second && produced[0] == produced[1] && memcmp(out[0], out[1], produced[0]) == 0);
    CHECK(first == STUB_OK || first == STUB_MALFORMED || (first == STUB_READ_FAILED && d.broken));
    CHECK(produced[0] <= capacity && (first != STUB_OK || produced[0] > 0));
    for (uint32_t i = produced[0]; first == STUB_OK && i < capacity; i++) {
        CHECK(out[0][i] == 0xA5);
    }
    free(out[0]);
    free(out[1]);
    return 0;
}
