#include "image.h"

#include <string.h>

#define INFO_PROTECTED 0x6908u
#define INFO_UNPROTECTED 0x6907u
#define INFO_SIZE 4u

static uint16_t le16(const uint8_t *b) {
    return (uint16_t)(b[0] | b[1] << 8);
}

static uint32_t le32(const uint8_t *b) {
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

bool boot_image_read(struct nvmc *flash, uint32_t address, struct boot_image *image) {
    uint8_t header[32];
    if (nvmc_read(flash, address, header, sizeof header) != NVMC_OK) {
        return false;
    }
    image->address = address;
    image->magic = le32(header);
    image->header_size = le16(header + 8);
    image->protected_size = le16(header + 10);
    image->body_size = le32(header + 12);
    image->flags = le32(header + 16);
    image->major = header[20];
    image->minor = header[21];
    image->revision = le16(header + 22);
    image->build = le32(header + 24);
    return true;
}

bool boot_image_header_valid(const struct boot_image *image, uint32_t limit) {
    return image->magic == BOOT_IMAGE_MAGIC && image->header_size < limit &&
           image->body_size < limit - image->header_size;
}

static bool read_info(struct nvmc *flash, const struct boot_image *image, uint32_t offset, uint16_t *magic,
                      uint16_t *total) {
    uint8_t info[INFO_SIZE];
    if (nvmc_read(flash, image->address + offset, info, sizeof info) != NVMC_OK) {
        return false;
    }
    *magic = le16(info);
    *total = le16(info + 2);
    return true;
}

bool boot_tlv_begin(struct nvmc *flash, const struct boot_image *image, uint32_t limit, struct boot_tlv_iter *iter) {
    uint16_t magic;
    uint16_t total;
    if (!boot_image_header_valid(image, limit)) {
        return false;
    }
    uint32_t start = image->header_size + image->body_size;
    if (start + INFO_SIZE > limit || !read_info(flash, image, start, &magic, &total)) {
        return false;
    }
    if (magic == INFO_PROTECTED) {
        bool wrong = total != image->protected_size || start + total + INFO_SIZE > limit;
        if (wrong || !read_info(flash, image, start + total, &magic, &total)) {
            return false;
        }
    } else if (image->protected_size != 0) {
        return false;
    }
    iter->image = image;
    iter->at = start + INFO_SIZE;
    iter->protected_end = start + image->protected_size;
    iter->areas_end = iter->protected_end + total;
    return magic == INFO_UNPROTECTED && iter->areas_end <= limit;
}

int boot_tlv_next(struct nvmc *flash, struct boot_tlv_iter *iter, struct boot_tlv *tlv) {
    uint8_t head[4];
    if (iter->image->protected_size > 0 && iter->at == iter->protected_end) {
        iter->at += INFO_SIZE;
    }
    if (iter->at >= iter->areas_end) {
        return 0;
    }
    if (nvmc_read(flash, iter->image->address + iter->at, head, sizeof head) != NVMC_OK) {
        return -1;
    }
    tlv->type = le16(head);
    tlv->length = le16(head + 2);
    tlv->address = iter->image->address + iter->at + (uint32_t)sizeof head;
    iter->at += (uint32_t)sizeof head + tlv->length;
    return iter->at <= iter->areas_end ? 1 : -1;
}

bool boot_image_digest(struct nvmc *flash, const struct boot_image *image, uint8_t digest[BOOT_SHA256_SIZE]) {
    uint8_t chunk[256];
    struct boot_sha256 hash;
    uint32_t left = image->header_size + image->body_size + image->protected_size;
    uint32_t at = image->address;
    boot_sha256_init(&hash);
    while (left > 0) {
        uint32_t take = left < sizeof chunk ? left : (uint32_t)sizeof chunk;
        if (nvmc_read(flash, at, chunk, take) != NVMC_OK) {
            return false;
        }
        boot_sha256_update(&hash, chunk, take);
        at += take;
        left -= take;
    }
    boot_sha256_finish(&hash, digest);
    return true;
}

bool boot_image_hash_tlv(struct nvmc *flash, const struct boot_image *image, uint32_t limit,
                         uint8_t hash[BOOT_SHA256_SIZE]) {
    struct boot_tlv_iter iter;
    struct boot_tlv tlv;
    if (!boot_tlv_begin(flash, image, limit, &iter)) {
        return false;
    }
    while (boot_tlv_next(flash, &iter, &tlv) > 0) {
        if (tlv.type == BOOT_TLV_SHA256 && tlv.length == BOOT_SHA256_SIZE) {
            return nvmc_read(flash, tlv.address, hash, BOOT_SHA256_SIZE) == NVMC_OK;
        }
    }
    return false;
}

uint32_t boot_image_size(struct nvmc *flash, const struct boot_image *image, uint32_t limit) {
    struct boot_tlv_iter iter;
    return boot_tlv_begin(flash, image, limit, &iter) ? iter.areas_end : 0;
}
