/* Private to the boot model: the state of one start, shared by the decision (boot.c) and the two swap algorithms. */
#ifndef VIRTUAL_SWAP_H
#define VIRTUAL_SWAP_H

#include "trailer.h"

enum swap_operation { SWAP_OP_MOVE = 1, SWAP_OP_SWAP = 2 };

/* MCUboot's boot_status: where an interrupted swap stands; indices and states count from 1. */
struct swap_status {
    enum swap_operation operation;
    uint32_t index;
    uint32_t state;
    uint32_t swap_type;
    uint32_t swap_size;
    bool from_primary; /* the status was found in slot 0's trailer */
};

struct swap_run {
    struct boot *boot;
    struct swap_status status;
    struct boot_image images[2];
    uint16_t tlv_sizes[2];     /* unprotected areas, kept in the trailer by swap-using-offset */
    uint32_t secondary_offset; /* where slot 1's header was found */
    bool no_space;
};

bool swap_is_reset(const struct swap_run *run);

/* Sectors that hold size bytes. */
uint32_t swap_sectors(uint32_t size);

/* Decodes the last status entry written; entry counts from 1, 0 = none. */
void swap_move_locate(struct swap_status *status, uint32_t entry);
void swap_offset_locate(struct swap_status *status, uint32_t entry);

/* Slot and offset at which the header of slot's image lies at this point of a swap. */
void swap_move_header(struct swap_run *run, enum boot_slot *slot, uint32_t *offset);
void swap_offset_header(struct swap_run *run, enum boot_slot *slot, uint32_t *offset);

/* Runs or resumes the swap; the last sector of slot 0 that may be used is checked first. */
void swap_move_run(struct swap_run *run);
void swap_offset_run(struct swap_run *run);

/* Shared steps. */
bool swap_fits(struct swap_run *run, uint32_t sectors);
void swap_write_status(struct swap_run *run, uint32_t entry);
void swap_init_status(struct swap_run *run, enum boot_slot slot);

#endif
