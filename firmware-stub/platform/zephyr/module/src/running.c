#include "running.h"

#include <errno.h>
#include <string.h>

#include <zephyr/sys/byteorder.h>
#include <zephyr/sys/util.h>

#if defined(CONFIG_TRUSTED_EXECUTION_NONSECURE) && !USE_PARTITION_MANAGER
#error "non-secure: build it with the partition manager (SB_CONFIG_PARTITION_MANAGER), which says where TF-M lies"
#endif

/* MCUboot's image format, from its design document */
#define HEADER_MAGIC 0x96F3B83Du
#define HEADER_SIZE 32u
#define PROTECTED_MAGIC 0x6908u
#define TLV_MAGIC 0x6907u
#define TLV_INFO_SIZE 4u
#define TLV_SHA256 0x10u

struct header {
    uint32_t header_size;
    uint32_t protected_size;
    uint32_t image_size;
    struct stub_version version;
};

static int read_header(const struct flash_area *primary, struct header *header) {
    uint8_t raw[HEADER_SIZE];
    int error = flash_area_read(primary, 0, raw, sizeof raw);
    if (error != 0) {
        return error;
    }
    *header = (struct header){
        .header_size = sys_get_le16(raw + 8),
        .protected_size = sys_get_le16(raw + 10),
        .image_size = sys_get_le32(raw + 12),
        .version = {raw[20], raw[21], sys_get_le16(raw + 22), sys_get_le32(raw + 24)},
    };
    bool fits = sys_get_le32(raw) == HEADER_MAGIC && header->header_size >= HEADER_SIZE &&
                header->image_size <= primary->fa_size - header->header_size - header->protected_size;
    return fits ? 0 : -ENOENT;
}

/* The area of TLVs starts with its magic and its size, each TLV with its type and its length. */
static int find_hash(const struct flash_area *primary, uint32_t at, uint8_t hash[STUB_HASH_SIZE]) {
    uint8_t pair[TLV_INFO_SIZE];
    int error = at + sizeof pair > primary->fa_size ? -ENOENT : flash_area_read(primary, (off_t)at, pair, sizeof pair);
    if (error != 0 || sys_get_le16(pair) != TLV_MAGIC) {
        return error != 0 ? error : -ENOENT;
    }
    uint32_t end = MIN(at + (uint32_t)sys_get_le16(pair + 2), (uint32_t)primary->fa_size);
    at += TLV_INFO_SIZE;
    while (at + TLV_INFO_SIZE <= end) {
        error = flash_area_read(primary, (off_t)at, pair, sizeof pair);
        if (error != 0) {
            return error;
        }
        uint32_t length = sys_get_le16(pair + 2);
        at += TLV_INFO_SIZE;
        if (sys_get_le16(pair) == TLV_SHA256 && length == STUB_HASH_SIZE && at + length <= end) {
            return flash_area_read(primary, (off_t)at, hash, STUB_HASH_SIZE);
        }
        at += length;
    }
    return -ENOENT;
}

static void list_readable(const struct flash_area *primary, struct stub_range *readable) {
#if defined(CONFIG_TRUSTED_EXECUTION_NONSECURE) && USE_PARTITION_MANAGER
    ARG_UNUSED(primary);
    readable[0] = (struct stub_range){PM_MCUBOOT_PAD_ADDRESS, PM_MCUBOOT_PAD_SIZE};
    readable[1] = (struct stub_range){PM_APP_ADDRESS, PM_APP_SIZE};
#else
    readable[0] = (struct stub_range){(uint32_t)primary->fa_off, (uint32_t)primary->fa_size};
#endif
}

int running_learn(const struct flash_area *primary, struct stub_identity *identity) {
    struct header header;
    identity->running_at = (uint32_t)primary->fa_off;
    list_readable(primary, identity->readable);
    int error = read_header(primary, &header);
    if (error != 0) {
        return error;
    }
    identity->app_version = header.version;
    return find_hash(primary, header.header_size + header.image_size + header.protected_size, identity->image_hash);
}
