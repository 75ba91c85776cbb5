/*
 * The end of a slot, for a write unit of 4 and a maximum alignment of 8, offsets counted back from the slot's end:
 * magic 16, image_ok 24, copy_done 32, swap_info 40, swap_size 48, (offset mode: TLV sizes 56), before that the swap
 * status, one word an entry for up to 128 sectors.
 */
#ifndef VIRTUAL_TRAILER_H
#define VIRTUAL_TRAILER_H

#include "boot.h"

#define TRAILER_MAX_SECTORS 128u
#define TRAILER_ENTRY 4u

enum trailer_field {
    TRAILER_MAGIC = 16,
    TRAILER_IMAGE_OK = 24,
    TRAILER_COPY_DONE = 32,
    TRAILER_SWAP_INFO = 40,
    TRAILER_SWAP_SIZE = 48,
    TRAILER_TLV_SIZES = 56
};

uint32_t slot_base(const struct boot *boot, enum boot_slot slot);

/* Driver calls by slot and offset, counted; a failure is remembered in boot->flash_failed. */
void slot_read(struct boot *boot, enum boot_slot slot, uint32_t offset, void *into, uint32_t count);
void slot_write(struct boot *boot, enum boot_slot slot, uint32_t offset, const void *bytes, uint32_t count);
void slot_erase(struct boot *boot, enum boot_slot slot, uint32_t offset, uint32_t count);

/* Copies a page in pieces of 1024 bytes, as MCUboot's buffer has it. */
void slot_copy_page(struct boot *boot, enum boot_slot from, uint32_t from_offset, enum boot_slot to,
                    uint32_t to_offset);

void trailer_erase(struct boot *boot, enum boot_slot slot);
void trailer_write_magic(struct boot *boot, enum boot_slot slot);
void trailer_write_flag(struct boot *boot, enum boot_slot slot, enum trailer_field field, uint8_t value);
void trailer_write_number(struct boot *boot, enum boot_slot slot, enum trailer_field field, uint32_t value);
uint32_t trailer_read_number(struct boot *boot, enum boot_slot slot, enum trailer_field field);

/* Number of status entries, and the slot offset of the first. */
uint32_t trailer_status_entries(const struct boot *boot);
uint32_t trailer_status_offset(const struct boot *boot);

#endif
