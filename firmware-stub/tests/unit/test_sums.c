/* CRC-32C, SHA-256 and HalfSipHash against their published values, in every cut. */
#include "../check.h"
#include "crc32c.h"
#include "sha256.h"
#include "siphash.h"

struct sum {
    const char *name;
    const char *text;
    uint32_t repeat;
    uint8_t hash[32];
};

/* FIPS 180-4 and NIST's example values. */
static const struct sum SUMS[] = {
    {"empty", "", 1, {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
                      0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55}},
    {"abc", "abc", 1, {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
                       0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad}},
    {"56 bytes",
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     1,
     {0x24, 0x8d, 0x6a, 0x61, 0xd2, 0x06, 0x38, 0xb8, 0xe5, 0xc0, 0x26, 0x93, 0x0c, 0x3e, 0x60, 0x39,
      0xa3, 0x3c, 0xe4, 0x59, 0x64, 0xff, 0x21, 0x67, 0xf6, 0xec, 0xed, 0xd4, 0x19, 0xdb, 0x06, 0xc1}},
    {"a million a", "aaaaaaaaaa", 100000, {0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7,
                                           0xe2, 0x84, 0xd7, 0x3e, 0x67, 0xf1, 0x80, 0x9a, 0x48, 0xa4, 0x97,
                                           0x20, 0x0e, 0x04, 0x6d, 0x39, 0xcc, 0xc7, 0x11, 0x2c, 0xd0}},
};

static void sha256_gives_published_values(void) {
    for (size_t i = 0; i < sizeof SUMS / sizeof SUMS[0]; i++) {
        struct stub_sha256 sha;
        uint8_t hash[32];
        check_begin(SUMS[i].name);
        stub_sha256_start(&sha);
        for (uint32_t n = 0; n < SUMS[i].repeat; n++) {
            stub_sha256_add(&sha, (const uint8_t *)SUMS[i].text, strlen(SUMS[i].text));
        }
        stub_sha256_end(&sha, hash);
        CHECK_BYTES(SUMS[i].hash, hash, sizeof hash);
    }
}

/* Each length around the block's and the padding's limits, cut at each place: all cuts agree. */
static void sha256_does_not_depend_on_the_cut(void) {
    uint8_t bytes[200];
    check_begin("sha256_does_not_depend_on_the_cut");
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 11 + 3);
    }
    for (size_t count = 0; count <= sizeof bytes; count++) {
        uint8_t whole[32];
        for (size_t cut = 0; cut <= count; cut++) {
            struct stub_sha256 sha;
            uint8_t hash[32];
            stub_sha256_start(&sha);
            stub_sha256_add(&sha, bytes, cut);
            stub_sha256_add(&sha, bytes + cut, count - cut);
            stub_sha256_end(&sha, hash);
            if (cut == 0) {
                memcpy(whole, hash, sizeof whole);
            }
            CHECK_BYTES(whole, hash, sizeof hash);
        }
    }
}

/* The authors' vectors of 64 bits (vectors.h, vectors_hsip64): key 0 to 7, and so many of the bytes 0, 1, 2 ... */
static void siphash_gives_published_values(void) {
    static const struct {
        size_t count;
        uint8_t hash[8];
    } vectors[] = {
        {0, {0x21, 0x8d, 0x1f, 0x59, 0xb9, 0xb8, 0x3c, 0xc8}},  {4, {0xd5, 0xe7, 0x8a, 0x17, 0x5b, 0xe5, 0x2e, 0xa1}},
        {8, {0xed, 0xfe, 0xe8, 0x20, 0xbc, 0xe4, 0x85, 0x8c}},  {32, {0x28, 0x70, 0x9d, 0x46, 0xd8, 0x11, 0x62, 0x6c}},
        {60, {0xd6, 0x76, 0x28, 0x90, 0xbf, 0x26, 0xe4, 0x60}},
    };
    uint8_t bytes[60];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        struct stub_siphash sip;
        uint8_t hash[8];
        size_t cut = vectors[i].count / 8 * 4;
        check_begin("siphash_gives_published_values");
        stub_siphash_start(&sip, bytes);
        stub_siphash_add(&sip, bytes, cut);
        stub_siphash_add(&sip, bytes + cut, vectors[i].count - cut);
        stub_siphash_end(&sip, hash);
        CHECK_BYTES(vectors[i].hash, hash, sizeof hash);
    }
}

static void crc32c_gives_the_published_value(void) {
    check_begin("crc32c_gives_the_published_value");
    CHECK_EQ(0xE3069283u, stub_crc32c((const uint8_t *)"123456789", 9));
    CHECK_EQ(0, stub_crc32c(NULL, 0));
    const uint8_t zeros[32] = {0}; /* RFC 3720, B.4 */
    CHECK_EQ(0x8A9136AAu, stub_crc32c(zeros, sizeof zeros));
}

int main(void) {
    sha256_gives_published_values();
    sha256_does_not_depend_on_the_cut();
    siphash_gives_published_values();
    crc32c_gives_the_published_value();
    return check_summary("test_sums");
}
