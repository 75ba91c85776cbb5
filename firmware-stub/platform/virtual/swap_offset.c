/* Swap-using-offset: the update lies one sector up in slot 1, so that sectors change places without moving slot 0. */
#include "swap.h"

void swap_offset_locate(struct swap_status *status, uint32_t entry) {
    status->operation = SWAP_OP_SWAP;
    status->index = entry / 2 + 1;
    status->state = entry % 2 + 1;
}

static bool reverting(struct swap_run *run) {
    return run->status.swap_type == BOOT_SWAP_REVERT || boot_pending(run->boot) == BOOT_SWAP_REVERT;
}

/* Index of the last sector: unlike in swap-move it counts from 0. */
static uint32_t last_index(uint32_t swap_size) {
    uint32_t sectors = swap_sectors(swap_size);
    return sectors > 0 ? sectors - 1 : 0;
}

static void header_while_reverting(const struct swap_status *status, uint32_t last, enum boot_slot *slot,
                                   uint32_t *offset) {
    uint32_t done = status->index - 1;
    *offset = 0;
    if (*slot == BOOT_PRIMARY) {
        if (done > last || (done == last && status->state == 2)) {
            *slot = BOOT_SECONDARY;
            *offset = NVMC_PAGE;
        }
    } else if (done > last || (done == last && status->state == 3)) {
        *slot = BOOT_PRIMARY;
    }
}

static void header_while_upgrading(const struct swap_status *status, uint32_t last, enum boot_slot *slot,
                                   uint32_t *offset) {
    *offset = 0;
    if (*slot == BOOT_PRIMARY) {
        bool moved = status->index > 1 || (status->index == 1 && status->state == 2);
        *slot = moved && status->index <= last ? BOOT_SECONDARY : BOOT_PRIMARY;
    } else if (status->index > 1) {
        *slot = BOOT_PRIMARY;
    } else {
        *offset = NVMC_PAGE;
    }
}

void swap_offset_header(struct swap_run *run, enum boot_slot *slot, uint32_t *offset) {
    if (!swap_is_reset(run)) {
        uint32_t last = last_index(trailer_read_number(run->boot, BOOT_PRIMARY, TRAILER_SWAP_SIZE));
        if (reverting(run)) {
            header_while_reverting(&run->status, last, slot, offset);
        } else {
            header_while_upgrading(&run->status, last, slot, offset);
        }
        return;
    }
    *offset = *slot == BOOT_SECONDARY && !reverting(run) ? NVMC_PAGE : 0;
}

/* Before a revert touches slot 0's trailer it notes in slot 1's that a revert is under way. */
static void fix_revert(struct swap_run *run) {
    const struct swap_status *status = &run->status;
    if (status->swap_type != BOOT_SWAP_REVERT || status->index != 1) {
        return;
    }
    if (boot_swap_state(run->boot, BOOT_SECONDARY).magic == BOOT_UNSET) {
        trailer_erase(run->boot, BOOT_SECONDARY);
        trailer_write_flag(run->boot, BOOT_SECONDARY, TRAILER_COPY_DONE, 0x01);
        swap_init_status(run, BOOT_SECONDARY);
    }
}

static void prepare_trailers(struct swap_run *run) {
    if (run->status.index != 1) {
        return;
    }
    if (!run->status.from_primary) {
        trailer_erase(run->boot, BOOT_PRIMARY);
        swap_init_status(run, BOOT_PRIMARY);
    }
    trailer_erase(run->boot, BOOT_SECONDARY);
}

/* Slot 0's sector goes to slot 1, then slot 1's to slot 0; what lies behind an image's end stays. */
static void exchange(struct swap_run *run, uint32_t sector, uint32_t to_secondary, uint32_t from_secondary,
                     const uint32_t used[2]) {
    struct swap_status *status = &run->status;
    uint32_t primary = sector * NVMC_PAGE;
    uint32_t entry = (status->index - 1) * 2;
    if (status->state == 1) {
        if (sector <= used[BOOT_PRIMARY]) {
            slot_erase(run->boot, BOOT_SECONDARY, to_secondary, NVMC_PAGE);
            slot_copy_page(run->boot, BOOT_PRIMARY, primary, BOOT_SECONDARY, to_secondary);
        }
        swap_write_status(run, entry);
        status->state = 2;
    }
    if (sector <= used[BOOT_SECONDARY]) {
        slot_erase(run->boot, BOOT_PRIMARY, primary, NVMC_PAGE);
        slot_copy_page(run->boot, BOOT_SECONDARY, from_secondary, BOOT_PRIMARY, primary);
    }
    swap_write_status(run, entry + 1);
    status->index++;
    status->state = 1;
}

static void find_used_sectors(struct swap_run *run, uint32_t used[2]) {
    uint32_t sizes = trailer_read_number(run->boot, BOOT_PRIMARY, TRAILER_TLV_SIZES);
    for (uint32_t slot = 0; slot < 2; slot++) {
        const struct boot_image *image = &run->images[slot];
        uint32_t tlvs = slot == 0 ? sizes & 0xffff : sizes >> 16;
        used[slot] = swap_sectors(image->header_size + image->body_size + image->protected_size + tlvs);
    }
}

static void run_revert(struct swap_run *run, uint32_t last, const uint32_t used[2]) {
    for (uint32_t i = 0; i <= last; i++) {
        if (i >= run->status.index - 1) {
            uint32_t mirror = last - i;
            exchange(run, mirror, (mirror + 1) * NVMC_PAGE, mirror * NVMC_PAGE, used);
        }
    }
    slot_erase(run->boot, BOOT_SECONDARY, 0, NVMC_PAGE);
    trailer_erase(run->boot, BOOT_SECONDARY);
}

void swap_offset_run(struct swap_run *run) {
    uint32_t used[2];
    uint32_t last = last_index(run->status.swap_size);
    if (swap_is_reset(run) && !swap_fits(run, last + 1)) {
        return;
    }
    fix_revert(run);
    prepare_trailers(run);
    find_used_sectors(run, used);
    if (reverting(run)) {
        run_revert(run, last, used);
        return;
    }
    for (uint32_t i = 0; i <= last; i++) {
        if (i >= run->status.index - 1) {
            exchange(run, i, i * NVMC_PAGE, (i + 1) * NVMC_PAGE, used);
        }
    }
}
