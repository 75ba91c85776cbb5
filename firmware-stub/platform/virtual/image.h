/* An MCUboot image where it lies in flash: header, TLVs, hash. Every length is bounded by the slot before it is used.
 */
#ifndef VIRTUAL_IMAGE_H
#define VIRTUAL_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "nvmc.h"
#include "sha256.h"

#define BOOT_IMAGE_MAGIC 0x96f3b83du
#define BOOT_FLAG_NON_BOOTABLE 0x10u

enum boot_tlv_type {
    BOOT_TLV_KEY_HASH = 0x01,
    BOOT_TLV_SHA256 = 0x10,
    BOOT_TLV_RSA2048 = 0x20,
    BOOT_TLV_ECDSA = 0x22,
    BOOT_TLV_RSA3072 = 0x23,
    BOOT_TLV_ED25519 = 0x24
};

struct boot_image {
    uint32_t address; /* of the header */
    uint32_t magic;
    uint32_t flags;
    uint32_t header_size;
    uint32_t body_size;
    uint32_t protected_size; /* of the protected TLV area, 0 if none */
    uint8_t major;
    uint8_t minor;
    uint16_t revision;
    uint32_t build;
};

/* Iterates over the TLVs of both areas. */
struct boot_tlv_iter {
    const struct boot_image *image;
    uint32_t at;        /* offset from the header */
    uint32_t areas_end; /* offset behind the last TLV: the image's size */
    uint32_t protected_end;
};

struct boot_tlv {
    uint16_t type;
    uint16_t length;
    uint32_t address; /* of the data */
};

/* Reads the header; false when the flash could not be read. The magic is not judged. */
bool boot_image_read(struct nvmc *flash, uint32_t address, struct boot_image *image);

/* Magic right and header plus body inside limit bytes. */
bool boot_image_header_valid(const struct boot_image *image, uint32_t limit);

/* Positions before the first TLV; false when the areas are not as MCUboot wants them or pass limit bytes. */
bool boot_tlv_begin(struct nvmc *flash, const struct boot_image *image, uint32_t limit, struct boot_tlv_iter *iter);

/* 1 = a TLV, 0 = no more, -1 = malformed. */
int boot_tlv_next(struct nvmc *flash, struct boot_tlv_iter *iter, struct boot_tlv *tlv);

/* SHA-256 over header, body and protected TLVs, read from flash. */
bool boot_image_digest(struct nvmc *flash, const struct boot_image *image, uint8_t digest[BOOT_SHA256_SIZE]);

/* The hash TLV's value without computing anything; false when there is none or it cannot be read. */
bool boot_image_hash_tlv(struct nvmc *flash, const struct boot_image *image, uint32_t limit,
                         uint8_t hash[BOOT_SHA256_SIZE]);

/* Header to last TLV in bytes, 0 when the areas are malformed. */
uint32_t boot_image_size(struct nvmc *flash, const struct boot_image *image, uint32_t limit);

#endif
