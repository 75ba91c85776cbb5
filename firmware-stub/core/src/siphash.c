#include "siphash.h"

#include "bytes.h"

static uint32_t rotate(uint32_t x, unsigned n) {
    return x << n | x >> (32u - n);
}

/* The state is four locals and not an array, so that it lives in registers. */
#define ROUND(v0, v1, v2, v3)                                                                                          \
    do {                                                                                                               \
        (v0) += (v1);                                                                                                  \
        (v1) = (v0) ^ rotate(v1, 5);                                                                                   \
        (v0) = rotate(v0, 16);                                                                                         \
        (v2) += (v3);                                                                                                  \
        (v3) = (v2) ^ rotate(v3, 8);                                                                                   \
        (v0) += (v3);                                                                                                  \
        (v3) = (v0) ^ rotate(v3, 7);                                                                                   \
        (v2) += (v1);                                                                                                  \
        (v1) = (v2) ^ rotate(v1, 13);                                                                                  \
        (v2) = rotate(v2, 16);                                                                                         \
    } while (0)

void stub_siphash_start(struct stub_siphash *sip, const uint8_t key[8]) {
    uint32_t k0 = stub_get_le32(key);
    uint32_t k1 = stub_get_le32(key + 4);
    *sip = (struct stub_siphash){.v = {k0, k1 ^ 0xEEu, 0x6C796765u ^ k0, 0x74656462u ^ k1}};
}

void stub_siphash_add(struct stub_siphash *sip, const uint8_t *bytes, size_t count) {
    uint32_t v0 = sip->v[0], v1 = sip->v[1], v2 = sip->v[2], v3 = sip->v[3];
    for (const uint8_t *end = bytes + count; bytes != end; bytes += 4) {
        uint32_t word = stub_get_le32(bytes);
        v3 ^= word;
        ROUND(v0, v1, v2, v3);
        ROUND(v0, v1, v2, v3);
        v0 ^= word;
    }
    *sip = (struct stub_siphash){.v = {v0, v1, v2, v3}, .count = sip->count + (uint32_t)count};
}

/* Four rounds, and what they leave is half of the hash. */
static void finish(struct stub_siphash *sip, uint8_t hash[4]) {
    uint32_t v0 = sip->v[0], v1 = sip->v[1], v2 = sip->v[2], v3 = sip->v[3];
    for (unsigned i = 0; i < 4; i++) {
        ROUND(v0, v1, v2, v3);
    }
    *sip = (struct stub_siphash){.v = {v0, v1, v2, v3}};
    stub_put_le32(hash, v1 ^ v3);
}

void stub_siphash_end(struct stub_siphash *sip, uint8_t hash[8]) {
    const uint8_t last[4] = {0, 0, 0, (uint8_t)sip->count};
    stub_siphash_add(sip, last, sizeof last);
    sip->v[2] ^= 0xEEu;
    finish(sip, hash);
    sip->v[1] ^= 0xDDu;
    finish(sip, hash + 4);
}
