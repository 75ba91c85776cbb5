/* VERIFY is nothing but this, and flash waits meanwhile: unrolled as far as registers last, no further. */
#include "sha256.h"

#include <string.h>

static const uint32_t K[64] = {
    0x428A2F98u, 0x71374491u, 0xB5C0FBCFu, 0xE9B5DBA5u, 0x3956C25Bu, 0x59F111F1u, 0x923F82A4u, 0xAB1C5ED5u,
    0xD807AA98u, 0x12835B01u, 0x243185BEu, 0x550C7DC3u, 0x72BE5D74u, 0x80DEB1FEu, 0x9BDC06A7u, 0xC19BF174u,
    0xE49B69C1u, 0xEFBE4786u, 0x0FC19DC6u, 0x240CA1CCu, 0x2DE92C6Fu, 0x4A7484AAu, 0x5CB0A9DCu, 0x76F988DAu,
    0x983E5152u, 0xA831C66Du, 0xB00327C8u, 0xBF597FC7u, 0xC6E00BF3u, 0xD5A79147u, 0x06CA6351u, 0x14292967u,
    0x27B70A85u, 0x2E1B2138u, 0x4D2C6DFCu, 0x53380D13u, 0x650A7354u, 0x766A0ABBu, 0x81C2C92Eu, 0x92722C85u,
    0xA2BFE8A1u, 0xA81A664Bu, 0xC24B8B70u, 0xC76C51A3u, 0xD192E819u, 0xD6990624u, 0xF40E3585u, 0x106AA070u,
    0x19A4C116u, 0x1E376C08u, 0x2748774Cu, 0x34B0BCB5u, 0x391C0CB3u, 0x4ED8AA4Au, 0x5B9CCA4Fu, 0x682E6FF3u,
    0x748F82EEu, 0x78A5636Fu, 0x84C87814u, 0x8CC70208u, 0x90BEFFFAu, 0xA4506CEBu, 0xBEF9A3F7u, 0xC67178F2u,
};

static const uint32_t INITIAL[8] = {
    0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au, 0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u,
};

static uint32_t rotate(uint32_t x, unsigned n) {
    return x >> n | x << (32u - n);
}

static void put_be32(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

static uint32_t get_be32(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static uint32_t sigma0(uint32_t x) {
    return rotate(x, 7) ^ rotate(x, 18) ^ x >> 3;
}

static uint32_t sigma1(uint32_t x) {
    return rotate(x, 17) ^ rotate(x, 19) ^ x >> 10;
}

/* Two words a turn, so that what the next two need stays in registers: w[i] needs w[i-16], w[i-15], w[i-7], w[i-2]. */
static void schedule(uint32_t w[64], const uint8_t block[64]) {
    for (unsigned i = 0; i < 16; i++) {
        w[i] = get_be32(block + 4u * i);
    }
    uint32_t oldest = w[0], even = w[14], odd = w[15];
    for (uint32_t *at = w; at < w + 48; at += 2) {
        uint32_t second = at[1];
        even = oldest + sigma0(second) + at[9] + sigma1(even);
        at[16] = even;
        oldest = at[2];
        odd = second + sigma0(oldest) + at[10] + sigma1(odd);
        at[17] = odd;
    }
}

/*
 * One round; a caller that turns the eight variables by their names moves none of them. The majority of a, b and c is b
 * where a and b agree, else c; bc is b ^ c, which is a ^ b of the round before.
 */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                                               \
    do {                                                                                                               \
        uint32_t ab = (a) ^ (b);                                                                                       \
        (h) += (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((g) ^ ((e) & ((f) ^ (g)))) + k[i] + word[i];          \
        (d) += (h);                                                                                                    \
        (h) += (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((b) ^ (ab & bc));                                     \
        bc = ab;                                                                                                       \
    } while (0)

/* Eight rounds a turn: then every variable is where it began, in its register. */
static void compress(uint32_t state[8], const uint8_t block[64]) {
    uint32_t w[64];
    schedule(w, block);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    uint32_t bc = b ^ c;
    const uint32_t *k = K;
    for (const uint32_t *word = w; word < w + 64; word += 8, k += 8) {
        ROUND(a, b, c, d, e, f, g, h, 0);
        ROUND(h, a, b, c, d, e, f, g, 1);
        ROUND(g, h, a, b, c, d, e, f, 2);
        ROUND(f, g, h, a, b, c, d, e, 3);
        ROUND(e, f, g, h, a, b, c, d, 4);
        ROUND(d, e, f, g, h, a, b, c, 5);
        ROUND(c, d, e, f, g, h, a, b, 6);
        ROUND(b, c, d, e, f, g, h, a, 7);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void stub_sha256_start(struct stub_sha256 *sha) {
    memcpy(sha->h, INITIAL, sizeof INITIAL);
    sha->count = 0;
}

void stub_sha256_add(struct stub_sha256 *sha, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        if (sha->count % 64u == 0 && count >= 64u) {
            compress(sha->h, bytes);
            sha->count += 64u;
            bytes += 64;
            count -= 64u;
            continue;
        }
        size_t at = sha->count % 64u;
        size_t n = count < 64u - at ? count : 64u - at;
        memcpy(sha->block + at, bytes, n);
        sha->count += (uint32_t)n;
        bytes += n;
        count -= n;
        if (at + n == 64u) {
            compress(sha->h, sha->block);
        }
    }
}

void stub_sha256_end(struct stub_sha256 *sha, uint8_t hash[32]) {
    size_t at = sha->count % 64u;
    sha->block[at++] = 0x80;
    if (at > 56) {
        memset(sha->block + at, 0, 64u - at);
        compress(sha->h, sha->block);
        at = 0;
    }
    memset(sha->block + at, 0, 60u - at);
    put_be32(sha->block + 60, sha->count << 3);
    compress(sha->h, sha->block);
    for (unsigned i = 0; i < 8; i++) {
        put_be32(hash + 4u * i, sha->h[i]);
    }
}
