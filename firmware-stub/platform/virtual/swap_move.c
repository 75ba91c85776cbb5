/* Swap-move: slot 0 moves up by one sector, then sectors change places one by one. */
#include "swap.h"

void swap_move_locate(struct swap_status *status, uint32_t entry) {
    if (entry < TRAILER_MAX_SECTORS) {
        status->operation = SWAP_OP_MOVE;
        status->index = entry + 1;
        status->state = 1;
    } else {
        status->operation = SWAP_OP_SWAP;
        status->index = (entry - TRAILER_MAX_SECTORS) / 2 + 1;
        status->state = (entry - TRAILER_MAX_SECTORS) % 2 + 1;
    }
}

void swap_move_header(struct swap_run *run, enum boot_slot *slot, uint32_t *offset) {
    const struct swap_status *status = &run->status;
    *offset = 0;
    if (swap_is_reset(run)) {
        return;
    }
    uint32_t last = swap_sectors(trailer_read_number(run->boot, BOOT_PRIMARY, TRAILER_SWAP_SIZE));
    if (status->operation == SWAP_OP_MOVE) {
        *offset = *slot == BOOT_PRIMARY && status->index > last ? NVMC_PAGE : 0;
    } else if (status->index > 1 && status->index <= last) {
        *slot = *slot == BOOT_PRIMARY ? BOOT_SECONDARY : BOOT_PRIMARY;
    } else if (status->index == 1 && *slot == BOOT_PRIMARY) {
        *offset = NVMC_PAGE;
    } else if (status->index == 1 && status->state == 2) {
        *slot = BOOT_PRIMARY;
    }
}

/* Before a revert touches slot 0's trailer it makes slot 1 look like a permanent upgrade, so that a cut can be mended.
 */
static void fix_revert(struct swap_run *run) {
    const struct swap_status *status = &run->status;
    if (status->swap_type != BOOT_SWAP_REVERT || status->operation != SWAP_OP_MOVE || status->index != 1) {
        return;
    }
    if (boot_swap_state(run->boot, BOOT_SECONDARY).magic == BOOT_UNSET) {
        trailer_erase(run->boot, BOOT_SECONDARY);
        trailer_write_flag(run->boot, BOOT_SECONDARY, TRAILER_IMAGE_OK, 0x01);
        trailer_write_number(run->boot, BOOT_SECONDARY, TRAILER_SWAP_SIZE, status->swap_size);
        trailer_write_magic(run->boot, BOOT_SECONDARY);
    }
}

static void move_up(struct swap_run *run, uint32_t sector) {
    struct swap_status *status = &run->status;
    if (status->index == 1) {
        if (!status->from_primary) {
            trailer_erase(run->boot, BOOT_PRIMARY);
            swap_init_status(run, BOOT_PRIMARY);
        }
        trailer_erase(run->boot, BOOT_SECONDARY);
    }
    slot_erase(run->boot, BOOT_PRIMARY, sector * NVMC_PAGE, NVMC_PAGE);
    slot_copy_page(run->boot, BOOT_PRIMARY, (sector - 1) * NVMC_PAGE, BOOT_PRIMARY, sector * NVMC_PAGE);
    swap_write_status(run, status->index - 1);
    status->index++;
}

static void exchange(struct swap_run *run, uint32_t sector) {
    struct swap_status *status = &run->status;
    uint32_t offset = (sector - 1) * NVMC_PAGE;
    uint32_t entry = TRAILER_MAX_SECTORS + (status->index - 1) * 2;
    if (status->state == 1) {
        slot_erase(run->boot, BOOT_PRIMARY, offset, NVMC_PAGE);
        slot_copy_page(run->boot, BOOT_SECONDARY, offset, BOOT_PRIMARY, offset);
        swap_write_status(run, entry);
        status->state = 2;
    }
    slot_erase(run->boot, BOOT_SECONDARY, offset, NVMC_PAGE);
    slot_copy_page(run->boot, BOOT_PRIMARY, offset + NVMC_PAGE, BOOT_SECONDARY, offset);
    swap_write_status(run, entry + 1);
    status->index++;
    status->state = 1;
}

void swap_move_run(struct swap_run *run) {
    struct swap_status *status = &run->status;
    uint32_t last = swap_sectors(status->swap_size);
    if (swap_is_reset(run) && !swap_fits(run, last + 1)) {
        return;
    }
    fix_revert(run);
    if (status->operation == SWAP_OP_MOVE) {
        for (uint32_t sector = last; sector > 0; sector--) {
            if (sector + status->index <= last + 1) {
                move_up(run, sector);
            }
        }
        status->index = 1;
    }
    status->operation = SWAP_OP_SWAP;
    for (uint32_t sector = 1; sector <= last; sector++) {
        if (sector >= status->index) {
            exchange(run, sector);
        }
    }
}
