/*
 * As much of MCUboot's image format as it takes to find the hash TLV of what lies in the slot (MCUboot,
 * bootutil/image.h). The slot's contents are untrusted: every offset is checked against the slot before it is read.
 */
#include "image.h"

#include <string.h>

#include "bytes.h"
#include "flash.h"

#define IMAGE_MAGIC 0x96F3B83Du
#define IMAGE_HEADER_SIZE 32u
#define TLV_INFO_MAGIC 0x6907u
#define TLV_INFO_SIZE 4u /* magic, total size with this header */
#define TLV_SIZE 4u      /* type, length */
#define TLV_SHA256 0x10u

/* Reads from the image area below the trailer page. */
static bool read(const struct stub_session *s, uint32_t at, uint8_t *into, uint32_t count) {
    const struct stub_slot *slot = &s->config.slot;
    const struct stub_port *port = s->config.port;
    uint32_t area = stub_flash_image_area(s);
    return at <= area && count <= area - at && port->read(port->context, slot->image_offset + at, into, count) == 0;
}

/* Where the unprotected TLV area starts; false if this is no image. */
static bool find_tlvs(const struct stub_session *s, uint32_t *at) {
    uint8_t header[IMAGE_HEADER_SIZE];
    if (!read(s, 0, header, sizeof header) || stub_get_le32(header) != IMAGE_MAGIC) {
        return false;
    }
    uint32_t size = stub_get_le32(header + 12);
    uint32_t around = (uint32_t)stub_get_le16(header + 8) + stub_get_le16(header + 10);
    *at = stub_add_saturating(size, around);
    return true;
}

bool stub_image_has_hash(const struct stub_session *s, const uint8_t hash[STUB_HASH_SIZE]) {
    uint8_t bytes[STUB_HASH_SIZE];
    uint32_t at;
    if (!find_tlvs(s, &at) || !read(s, at, bytes, TLV_INFO_SIZE) || stub_get_le16(bytes) != TLV_INFO_MAGIC) {
        return false;
    }
    uint32_t end = stub_add_saturating(at, stub_get_le16(bytes + 2));
    at += TLV_INFO_SIZE;
    while (end - at >= TLV_SIZE && end > at && read(s, at, bytes, TLV_SIZE)) {
        uint32_t length = stub_get_le16(bytes + 2);
        if (length > end - at - TLV_SIZE) {
            return false;
        }
        if (stub_get_le16(bytes) == TLV_SHA256) {
            return length == STUB_HASH_SIZE && read(s, at + TLV_SIZE, bytes, STUB_HASH_SIZE) &&
                   memcmp(bytes, hash, STUB_HASH_SIZE) == 0;
        }
        at += TLV_SIZE + length;
    }
    return false;
}
