#include "image.h"

#include <string.h>

#include "../platform/virtual/image.h"
#include "../platform/virtual/sha256.h"

static void put_le(uint8_t *into, uint32_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        into[i] = (uint8_t)(value >> (8 * i));
    }
}

uint32_t test_image(uint8_t *into, uint32_t body, uint8_t version) {
    static const uint8_t tlvs[8] = {0x07, 0x69, 40, 0, 0x10, 0, 32, 0};
    struct boot_sha256 hash;
    memset(into, 0, 0x200);
    put_le(into, BOOT_IMAGE_MAGIC, 4);
    put_le(into + 8, 0x200, 2);
    put_le(into + 12, body, 4);
    into[20] = version;
    memcpy(into + 0x200, "DKLINK-STUB-V001", 16);
    memcpy(into + 0x200 + body, tlvs, sizeof tlvs);
    boot_sha256_init(&hash);
    boot_sha256_update(&hash, into, 0x200 + body);
    boot_sha256_finish(&hash, into + 0x200 + body + sizeof tlvs);
    return body + TEST_IMAGE_AROUND;
}
