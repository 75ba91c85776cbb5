#include "slot.h"

#include <errno.h>

#include <zephyr/dfu/mcuboot.h>
#include <zephyr/drivers/flash.h>
#include <zephyr/kernel.h>

#define CHUNK 256u

#if defined(CONFIG_FOTA_BRIDGE_STUB_SWAP_OFFSET)
#define SWAP_MODE STUB_SWAP_OFFSET
#elif defined(CONFIG_FOTA_BRIDGE_STUB_SWAP_SCRATCH)
#define SWAP_MODE STUB_SWAP_SCRATCH
#elif defined(CONFIG_FOTA_BRIDGE_STUB_SWAP_OVERWRITE)
#define SWAP_MODE STUB_SWAP_OVERWRITE
#else
#define SWAP_MODE STUB_SWAP_MOVE
#endif

BUILD_ASSERT(!(IS_ENABLED(CONFIG_SOC_FLASH_NRF_PARTIAL_ERASE) && IS_ENABLED(CONFIG_TRUSTED_EXECUTION_NONSECURE)),
             "partial erase writes a secure register: from non-secure code it erases nothing and reports success");

static int slot_read(void *context, uint32_t offset, void *into, size_t count) {
    struct slot *slot = context;
    return flash_area_read(slot->secondary, (off_t)offset, into, count);
}

/* The readable ranges outside the slot are all in the primary one. */
static int slot_read_elsewhere(void *context, uint32_t address, void *into, size_t count) {
    struct slot *slot = context;
    return flash_area_read(slot->primary, (off_t)address - slot->primary->fa_off, into, count);
}

static int slot_program(void *context, uint32_t offset, const void *bytes, size_t count) {
    struct slot *slot = context;
    return flash_area_write(slot->secondary, (off_t)offset, bytes, count);
}

/* 1 if all of the page is blank, 0 if not, or a negative errno. */
static int is_blank(const struct slot *slot, uint32_t offset) {
    uint32_t words[CHUNK / sizeof(uint32_t)];
    for (uint32_t done = 0; done < slot->geometry.page_size; done += CHUNK) {
        int error = flash_area_read(slot->secondary, (off_t)(offset + done), words, sizeof words);
        if (error != 0) {
            return error;
        }
        for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
            if (words[i] != UINT32_MAX) {
                return 0;
            }
        }
    }
    return 1;
}

/* A driver that says that it has erased a page may not have: it is looked at. */
static int slot_erase(void *context, uint32_t offset) {
    struct slot *slot = context;
    int error = flash_area_erase(slot->secondary, (off_t)offset, slot->geometry.page_size);
    if (error != 0) {
        return error;
    }
    int blank = is_blank(slot, offset);
    return blank > 0 ? 0 : blank < 0 ? blank : -EIO;
}

static int slot_boot_state(void *context, struct stub_boot_state *state) {
    struct slot *slot = context;
    int type = mcuboot_swap_type();
    int blank = is_blank(slot, slot->geometry.size - slot->geometry.page_size);
    if (type < 0 || blank < 0) {
        return type < 0 ? type : blank;
    }
    state->running = boot_is_img_confirmed() ? STUB_RUNNING_CONFIRMED : STUB_RUNNING_ON_TRIAL;
    switch (type) {
    case BOOT_SWAP_TYPE_TEST:
        state->slot = STUB_SLOT_PENDING_TEST;
        break;
    case BOOT_SWAP_TYPE_PERM:
        state->slot = STUB_SLOT_PENDING_PERMANENT;
        break;
    default:
        state->slot = blank ? STUB_SLOT_BLANK : STUB_SLOT_DIRTY;
        break;
    }
    return 0;
}

static int slot_mark_pending(void *context) {
    ARG_UNUSED(context);
    return boot_request_upgrade(BOOT_UPGRADE_TEST);
}

static int slot_confirm(void *context) {
    ARG_UNUSED(context);
    return boot_write_img_confirmed();
}

/* MCUboot keeps a trailer page and, but for overwriting, needs a free one; what it would take beyond is not offered. */
static int learn_geometry(struct slot *slot) {
    const struct flash_area *area = slot->secondary;
    struct flash_pages_info page;
    int error = flash_get_page_info_by_offs(flash_area_get_device(area), area->fa_off, &page);
    if (error != 0) {
        return error;
    }
    uint32_t size = (uint32_t)page.size;
    bool fits = size >= CHUNK && size <= 65536u && (size & (size - 1u)) == 0 && area->fa_size % size == 0 &&
                area->fa_size / size > 3u;
    uint32_t unit = flash_area_align(area);
    if (!fits || unit == 0 || unit > 32u || (unit & (unit - 1u)) != 0 || flash_area_erased_val(area) != 0xFF) {
        return -ENOTSUP;
    }
    slot->geometry = (struct stub_slot){
        .base = (uint32_t)area->fa_off,
        .size = (uint32_t)area->fa_size,
        .page_size = size,
        .image_offset = SWAP_MODE == STUB_SWAP_OFFSET ? size : 0,
        .size_limit = (uint32_t)area->fa_size - 2u * size,
        .write_unit = (uint8_t)unit,
        .swap_mode = SWAP_MODE,
    };
    return 0;
}

int slot_open(struct slot *slot) {
    int error = flash_area_open(FIXED_PARTITION_ID(slot0_partition), &slot->primary);
    if (error == 0) {
        error = flash_area_open(FIXED_PARTITION_ID(slot1_partition), &slot->secondary);
    }
    if (error == 0) {
        error = learn_geometry(slot);
    }
    slot->port = (struct stub_port){
        .context = slot,
        .read = slot_read,
        .read_elsewhere = slot_read_elsewhere,
        .program = slot_program,
        .erase = slot_erase,
        .boot_state = slot_boot_state,
        .mark_pending = slot_mark_pending,
        .confirm = slot_confirm,
    };
    return error;
}
