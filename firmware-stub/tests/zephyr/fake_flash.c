/* Flash map, MCUboot's trailers, and what of the flash non-secure code may touch. */
#include <errno.h>
#include <string.h>

#include <zephyr/dfu/mcuboot.h>
#include <zephyr/drivers/flash.h>
#include <zephyr/storage/flash_map.h>

#include "fakes.h"
#include "fakes_internal.h"

#define ERASE_NS 87500000u
#define WORD_NS 43000u

static const uint8_t magic[16] = {0x77, 0xC2, 0x95, 0xF3, 0x60, 0xD2, 0xEF, 0x7F,
                                  0x35, 0x52, 0x50, 0x0F, 0x2C, 0xB6, 0x79, 0x80};
static const struct device flash_device = {"flash"};
static const struct flash_area areas[] = {
    {1, 0, 0, FAKE_PRIMARY, FAKE_SLOT_SIZE, &flash_device},
    {2, 0, 0, FAKE_SECONDARY, FAKE_SLOT_SIZE, &flash_device},
};

int flash_area_open(uint8_t id, const struct flash_area **fa) {
    if (id != 1 && id != 2) {
        return -ENOENT;
    }
    *fa = &areas[id - 1];
    return 0;
}

static bool inside(const struct flash_area *fa, off_t off, size_t len) {
    return off >= 0 && (size_t)off < fa->fa_size && len <= fa->fa_size - (size_t)off;
}

int flash_area_read(const struct flash_area *fa, off_t off, void *dst, size_t len) {
    if (!inside(fa, off, len) || fake.reads_fail) {
        return fake.reads_fail ? -EIO : -EINVAL;
    }
    size_t from = (size_t)(fa->fa_off + off);
    if (from < FAKE_TFM_TO && from + len > FAKE_TFM_FROM) {
        fake.forbidden++;
        return -EPERM;
    }
    memcpy(dst, fake.flash + from, len);
    return 0;
}

/* Counts an operation; 1: do it, 0: pretend, negative: fail. */
static int plan(void) {
    fake.operations++;
    if (fake.operations == fake.fails_at) {
        return -EIO;
    }
    return fake.operations == fake.silent_at ? 0 : 1;
}

int flash_area_write(const struct flash_area *fa, off_t off, const void *src, size_t len) {
    if (!inside(fa, off, len) || off % 4 != 0 || len % 4 != 0) {
        return -EINVAL;
    }
    int todo = plan();
    for (size_t i = 0; i < len && todo > 0; i++) {
        fake.flash[(size_t)(fa->fa_off + off) + i] &= ((const uint8_t *)src)[i];
    }
    fake_stall(len / 4 * WORD_NS);
    return todo < 0 ? todo : 0;
}

int flash_area_erase(const struct flash_area *fa, off_t off, size_t len) {
    if (!inside(fa, off, len) || off % FAKE_PAGE != 0 || len % FAKE_PAGE != 0) {
        return -EINVAL;
    }
    int todo = plan();
    if (todo > 0) {
        memset(fake.flash + fa->fa_off + off, 0xFF, len);
    }
    fake_stall(len / FAKE_PAGE * ERASE_NS);
    return todo < 0 ? todo : 0;
}

uint32_t flash_area_align(const struct flash_area *fa) {
    (void)fa;
    return 4;
}

uint8_t flash_area_erased_val(const struct flash_area *fa) {
    (void)fa;
    return 0xFF;
}

const struct device *flash_area_get_device(const struct flash_area *fa) {
    return fa->fa_dev;
}

int flash_get_page_info_by_offs(const struct device *dev, off_t offset, struct flash_pages_info *info) {
    (void)dev;
    *info = (struct flash_pages_info){offset, fake.page_size, (uint32_t)offset / fake.page_size};
    return 0;
}

/* ---- MCUboot: the trailers of facts that its design document states ---- */

static uint8_t *trailer(uint32_t slot) {
    return fake.flash + slot + FAKE_SLOT_SIZE;
}

static bool is_marked(uint32_t slot) {
    return memcmp(trailer(slot) - 16, magic, sizeof magic) == 0;
}

static bool is_confirmed(uint32_t slot) {
    return trailer(slot)[-24] == 1;
}

int mcuboot_swap_type(void) {
    if (fake.reads_fail || fake.mcuboot_fails) {
        return -EIO;
    }
    if (is_marked(FAKE_SECONDARY)) {
        return is_confirmed(FAKE_SECONDARY) ? BOOT_SWAP_TYPE_PERM : BOOT_SWAP_TYPE_TEST;
    }
    bool on_trial = is_marked(FAKE_PRIMARY) && trailer(FAKE_PRIMARY)[-32] == 1 && !is_confirmed(FAKE_PRIMARY);
    return on_trial ? BOOT_SWAP_TYPE_REVERT : BOOT_SWAP_TYPE_NONE;
}

bool boot_is_img_confirmed(void) {
    return !is_marked(FAKE_PRIMARY) || is_confirmed(FAKE_PRIMARY);
}

int boot_write_img_confirmed(void) {
    if (is_marked(FAKE_PRIMARY)) {
        trailer(FAKE_PRIMARY)[-24] &= 1;
    }
    return 0;
}

static bool is_blank(const uint8_t *bytes, size_t count) {
    return bytes[0] == 0xFF && memcmp(bytes, bytes + 1, count - 1) == 0;
}

int boot_request_upgrade(int permanent) {
    uint8_t *end = trailer(FAKE_SECONDARY);
    if (is_marked(FAKE_SECONDARY)) {
        return 0;
    }
    if (!is_blank(end - 16, 16)) {
        return -EFAULT;
    }
    memcpy(end - 16, magic, sizeof magic);
    end[-24] = permanent == BOOT_UPGRADE_PERMANENT ? 1 : 0xFF;
    end[-40] = permanent == BOOT_UPGRADE_PERMANENT ? BOOT_SWAP_TYPE_PERM : BOOT_SWAP_TYPE_TEST;
    return 0;
}
