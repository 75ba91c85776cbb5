#include "boot.h"

#include <string.h>

#include "swap.h"

bool swap_is_reset(const struct swap_run *run) {
    const struct swap_status *status = &run->status;
    enum swap_operation first = run->boot->mode == BOOT_OFFSET ? SWAP_OP_SWAP : SWAP_OP_MOVE;
    return status->operation == first && status->index == 1 && status->state == 1;
}

uint32_t swap_sectors(uint32_t size) {
    return (size + NVMC_PAGE - 1) / NVMC_PAGE;
}

bool swap_fits(struct swap_run *run, uint32_t sectors) {
    uint32_t trailer_sector = run->boot->layout.slot_size / NVMC_PAGE - 1;
    run->no_space = sectors > trailer_sector;
    return !run->no_space;
}

void swap_write_status(struct swap_run *run, uint32_t entry) {
    const uint8_t word[4] = {(uint8_t)run->status.state, 0xff, 0xff, 0xff};
    slot_write(run->boot, BOOT_PRIMARY, trailer_status_offset(run->boot) + entry * TRAILER_ENTRY, word, sizeof word);
}

void swap_init_status(struct swap_run *run, enum boot_slot slot) {
    struct boot *boot = run->boot;
    struct boot_swap_state secondary = boot_swap_state(boot, BOOT_SECONDARY);
    if (run->status.swap_type != BOOT_SWAP_NONE) {
        trailer_write_flag(boot, slot, TRAILER_SWAP_INFO, (uint8_t)run->status.swap_type);
    }
    if (secondary.image_ok == BOOT_GOOD) {
        trailer_write_flag(boot, slot, TRAILER_IMAGE_OK, 0x01);
    }
    trailer_write_number(boot, slot, TRAILER_SWAP_SIZE, run->status.swap_size);
    if (boot->mode == BOOT_OFFSET) {
        uint32_t sizes = (uint32_t)run->tlv_sizes[BOOT_SECONDARY] << 16 | run->tlv_sizes[BOOT_PRIMARY];
        trailer_write_number(boot, slot, TRAILER_TLV_SIZES, sizes);
    }
    trailer_write_magic(boot, slot);
}

void boot_init(struct boot *boot, struct nvmc *flash, struct boot_layout layout, enum boot_mode mode) {
    memset(boot, 0, sizeof *boot);
    boot->flash = flash;
    boot->layout = layout;
    boot->mode = mode;
}

uint32_t boot_image_limit(const struct boot *boot) {
    return boot->layout.slot_size - 2 * NVMC_PAGE;
}

uint32_t boot_upload_offset(const struct boot *boot) {
    return boot->mode == BOOT_OFFSET ? NVMC_PAGE : 0;
}

/* The largest image that validates: swap-move of NCS 2.x lets one page more pass and then refuses the swap. */
static uint32_t validation_limit(const struct boot *boot) {
    return boot->mode == BOOT_OFFSET ? boot_image_limit(boot) : boot->layout.slot_size - NVMC_PAGE;
}

enum boot_swap_type boot_pending(struct boot *boot) {
    struct boot_swap_state primary = boot_swap_state(boot, BOOT_PRIMARY);
    struct boot_swap_state secondary = boot_swap_state(boot, BOOT_SECONDARY);
    bool offset = boot->mode == BOOT_OFFSET;
    if (secondary.magic == BOOT_GOOD && secondary.image_ok == BOOT_UNSET) {
        return offset && secondary.copy_done == BOOT_GOOD ? BOOT_SWAP_REVERT : BOOT_SWAP_TEST;
    }
    if (secondary.magic == BOOT_GOOD && secondary.image_ok == BOOT_GOOD) {
        return BOOT_SWAP_PERMANENT;
    }
    bool swapped = primary.magic == BOOT_GOOD && primary.image_ok == BOOT_UNSET && primary.copy_done == BOOT_GOOD;
    return swapped && (offset || secondary.magic == BOOT_UNSET) ? BOOT_SWAP_REVERT : BOOT_SWAP_NONE;
}

/* Signature TLVs count only behind the hash of a key; the hook decides whether it knows that key. */
static bool signature_good(struct boot *boot, const struct boot_image *image, const uint8_t *digest) {
    uint8_t key_hash[32];
    uint8_t signature[512];
    uint16_t key_length = 0;
    bool good = false;
    struct boot_tlv_iter iter;
    struct boot_tlv tlv;
    if (!boot_tlv_begin(boot->flash, image, boot->layout.slot_size, &iter)) {
        return false;
    }
    while (boot_tlv_next(boot->flash, &iter, &tlv) > 0) {
        if (tlv.type == BOOT_TLV_KEY_HASH && tlv.length <= sizeof key_hash) {
            key_length = tlv.length;
            nvmc_read(boot->flash, tlv.address, key_hash, tlv.length);
        } else if (tlv.type >= BOOT_TLV_RSA2048 && tlv.type <= BOOT_TLV_ED25519 && key_length > 0 &&
                   tlv.length <= sizeof signature) {
            nvmc_read(boot->flash, tlv.address, signature, tlv.length);
            good = boot->verify(boot->verify_context, key_hash, key_length, tlv.type, digest, signature, tlv.length);
            key_length = 0;
        }
    }
    return good;
}

static bool image_good(struct boot *boot, const struct boot_image *image) {
    uint8_t computed[BOOT_SHA256_SIZE];
    uint8_t stated[BOOT_SHA256_SIZE];
    uint32_t limit = validation_limit(boot);
    if (!boot_image_hash_tlv(boot->flash, image, limit, stated) || !boot_image_digest(boot->flash, image, computed) ||
        memcmp(stated, computed, sizeof stated) != 0) {
        return false;
    }
    bool trusted = boot->trusted != NULL && memcmp(boot->trusted, computed, sizeof computed) == 0;
    return boot->verify == NULL || trusted || signature_good(boot, image, computed);
}

/*
 * In offset mode an image at the slot's very start was uploaded to the wrong place. MCUboot looks only when a swap
 * begins (boot_validate_slot of loader.c, with TEST or PERM expected): one that was cut in its first sector has slot
 * 0's header there, and is validated with 0 expected.
 */
static bool wrong_upload_place(struct swap_run *run, enum boot_swap_type expected) {
    struct boot_image first;
    bool begins = expected == BOOT_SWAP_TEST || expected == BOOT_SWAP_PERMANENT;
    if (run->boot->mode != BOOT_OFFSET || !swap_is_reset(run) || !begins) {
        return false;
    }
    return boot_image_read(run->boot->flash, run->boot->layout.secondary, &first) && first.magic == BOOT_IMAGE_MAGIC;
}

/* Slot 1: a blank one only loses its trailer, a bad one is erased whole so that it is not tried again. */
static bool secondary_valid(struct swap_run *run, enum boot_swap_type expected, struct boot_report *report) {
    const struct boot_image *image = &run->images[BOOT_SECONDARY];
    if (image->magic == 0xffffffffu || (image->flags & BOOT_FLAG_NON_BOOTABLE) != 0) {
        trailer_erase(run->boot, BOOT_SECONDARY);
        return false;
    }
    if (wrong_upload_place(run, expected) || !image_good(run->boot, image)) {
        boot_erase_slot(run->boot, BOOT_SECONDARY);
        report->refused = true;
        return false;
    }
    return true;
}

static void read_header(struct swap_run *run, enum boot_slot which) {
    enum boot_slot slot = which;
    uint32_t offset;
    struct boot_image *image = &run->images[which];
    if (run->boot->mode == BOOT_OFFSET) {
        swap_offset_header(run, &slot, &offset);
    } else {
        swap_move_header(run, &slot, &offset);
    }
    boot_image_read(run->boot->flash, slot_base(run->boot, slot) + offset, image);
    bool elsewhere = run->boot->mode == BOOT_OFFSET && which == BOOT_SECONDARY && swap_is_reset(run);
    if (elsewhere && image->magic != BOOT_IMAGE_MAGIC) {
        boot_image_read(run->boot->flash, run->boot->layout.secondary + (offset == 0 ? NVMC_PAGE : 0), image);
    }
}

/* Both headers where this point of the swap has them; false when one that is needed is not there. */
static bool read_headers(struct swap_run *run, bool require_both) {
    read_header(run, BOOT_PRIMARY);
    read_header(run, BOOT_SECONDARY);
    bool primary = run->images[BOOT_PRIMARY].magic == BOOT_IMAGE_MAGIC;
    return primary && (!require_both || run->images[BOOT_SECONDARY].magic == BOOT_IMAGE_MAGIC);
}

/* Looks for a swap that was interrupted: slot 0's trailer is begun and not done, and slot 1 asks for nothing. */
static void read_status(struct swap_run *run) {
    struct boot *boot = run->boot;
    struct swap_status *status = &run->status;
    struct boot_swap_state primary = boot_swap_state(boot, BOOT_PRIMARY);
    *status = (struct swap_status){SWAP_OP_MOVE, 1, 1, BOOT_SWAP_NONE, 0, false};
    if (boot->mode == BOOT_OFFSET) {
        status->operation = SWAP_OP_SWAP;
    }
    if (primary.magic != BOOT_GOOD || primary.copy_done != BOOT_UNSET ||
        boot_swap_state(boot, BOOT_SECONDARY).magic == BOOT_GOOD) {
        return;
    }
    status->from_primary = true;
    status->swap_type = trailer_read_number(boot, BOOT_PRIMARY, TRAILER_SWAP_INFO) & 0xff;
    status->swap_type = status->swap_type == 0xff ? (uint32_t)BOOT_SWAP_NONE : status->swap_type & 0x0f;
    for (uint32_t entry = trailer_status_entries(boot); entry > 0; entry--) {
        uint8_t value = 0xff;
        slot_read(boot, BOOT_PRIMARY, trailer_status_offset(boot) + (entry - 1) * TRAILER_ENTRY, &value, 1);
        if (value != 0xff) {
            (boot->mode == BOOT_OFFSET ? swap_offset_locate : swap_move_locate)(status, entry);
            return;
        }
    }
}

/* The larger of the two images decides how many sectors change places. */
static void find_swap_size(struct swap_run *run) {
    struct boot *boot = run->boot;
    if (!swap_is_reset(run)) {
        run->status.swap_size = trailer_read_number(boot, BOOT_PRIMARY, TRAILER_SWAP_SIZE);
        return;
    }
    run->status.swap_size = 0;
    for (uint32_t slot = 0; slot < 2; slot++) {
        const struct boot_image *image = &run->images[slot];
        if (image->magic != BOOT_IMAGE_MAGIC) {
            continue;
        }
        uint32_t size = boot_image_size(boot->flash, image, boot->layout.slot_size);
        if (size == 0) {
            boot->flash_failed = true; /* MCUboot asserts here */
            return;
        }
        run->tlv_sizes[slot] = (uint16_t)(size - image->header_size - image->body_size - image->protected_size);
        run->status.swap_size = size > run->status.swap_size ? size : run->status.swap_size;
    }
}

static void swap(struct swap_run *run, struct boot_report *report) {
    find_swap_size(run);
    if (run->boot->flash_failed || run->status.swap_size > run->boot->layout.slot_size) {
        run->boot->flash_failed = true;
        return;
    }
    (run->boot->mode == BOOT_OFFSET ? swap_offset_run : swap_move_run)(run);
    report->too_large = run->no_space;
    report->swapped_pages = run->no_space ? 0 : swap_sectors(run->status.swap_size);
}

static void mark_swapped(struct boot *boot, uint32_t type) {
    bool sure = type == BOOT_SWAP_REVERT || type == BOOT_SWAP_PERMANENT;
    if (sure && boot_swap_state(boot, BOOT_PRIMARY).image_ok == BOOT_UNSET) {
        trailer_write_flag(boot, BOOT_PRIMARY, TRAILER_IMAGE_OK, 0x01);
    }
    if (sure || type == BOOT_SWAP_TEST) {
        trailer_write_flag(boot, BOOT_PRIMARY, TRAILER_COPY_DONE, 0x01);
    }
}

/* What to do when no swap was under way; the trailers ask, slot 1's image decides. */
static enum boot_swap_type decide(struct swap_run *run, struct boot_report *report) {
    bool begun = run->status.swap_type != BOOT_SWAP_NONE;
    enum boot_swap_type type = begun ? (enum boot_swap_type)run->status.swap_type : boot_pending(run->boot);
    report->swap_type = type;
    if (type == BOOT_SWAP_NONE) {
        return BOOT_SWAP_NONE;
    }
    if (!secondary_valid(run, begun ? BOOT_SWAP_NONE : type, report)) {
        return begun ? BOOT_SWAP_FAIL : BOOT_SWAP_NONE;
    }
    return type;
}

static void update(struct swap_run *run, struct boot_report *report) {
    enum boot_swap_type type = decide(run, report);
    run->status.swap_type = type;
    if (type == BOOT_SWAP_FAIL) {
        if (boot_swap_state(run->boot, BOOT_PRIMARY).image_ok == BOOT_UNSET) {
            trailer_write_flag(run->boot, BOOT_PRIMARY, TRAILER_IMAGE_OK, 0x01);
        }
    } else if (type != BOOT_SWAP_NONE) {
        swap(run, report);
        mark_swapped(run->boot, type);
    }
}

static void prepare_and_update(struct swap_run *run, struct boot_report *report) {
    read_status(run);
    report->resumed = run->status.from_primary && run->status.swap_type != BOOT_SWAP_NONE;
    bool midway = !swap_is_reset(run);
    if (!read_headers(run, midway)) {
        return;
    }
    if (midway) {
        report->swap_type = (enum boot_swap_type)run->status.swap_type;
        swap(run, report);
        mark_swapped(run->boot, run->status.swap_type);
    } else {
        update(run, report);
    }
}

struct boot_report boot_run(struct boot *boot) {
    struct swap_run run;
    struct boot_report report;
    memset(&run, 0, sizeof run);
    memset(&report, 0, sizeof report);
    run.boot = boot;
    report.swap_type = BOOT_SWAP_NONE;
    boot->flash_failed = false;
    boot->flash->secure = true;
    prepare_and_update(&run, &report);
    boot_image_read(boot->flash, boot->layout.primary, &report.image);
    report.booted =
        !boot->flash_failed && image_good(boot, &report.image) && (report.image.flags & BOOT_FLAG_NON_BOOTABLE) == 0;
    boot->flash->secure = false;
    return report;
}
