#include "trailer.h"

#include <string.h>

static const uint8_t magic[16] = {0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f,
                                  0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80};

uint32_t slot_base(const struct boot *boot, enum boot_slot slot) {
    return slot == BOOT_PRIMARY ? boot->layout.primary : boot->layout.secondary;
}

void slot_read(struct boot *boot, enum boot_slot slot, uint32_t offset, void *into, uint32_t count) {
    if (nvmc_read(boot->flash, slot_base(boot, slot) + offset, into, count) != NVMC_OK) {
        boot->flash_failed = true;
    }
}

void slot_write(struct boot *boot, enum boot_slot slot, uint32_t offset, const void *bytes, uint32_t count) {
    boot->write_calls++;
    if (nvmc_program(boot->flash, slot_base(boot, slot) + offset, bytes, count) != NVMC_OK) {
        boot->flash_failed = true;
    }
}

void slot_erase(struct boot *boot, enum boot_slot slot, uint32_t offset, uint32_t count) {
    boot->erase_calls++;
    for (uint32_t at = offset; at < offset + count; at += NVMC_PAGE) {
        if (nvmc_erase(boot->flash, slot_base(boot, slot) + at) != NVMC_OK) {
            boot->flash_failed = true;
        }
    }
}

void slot_copy_page(struct boot *boot, enum boot_slot from, uint32_t from_offset, enum boot_slot to,
                    uint32_t to_offset) {
    uint8_t buffer[1024];
    for (uint32_t i = 0; i < NVMC_PAGE; i += (uint32_t)sizeof buffer) {
        slot_read(boot, from, from_offset + i, buffer, sizeof buffer);
        slot_write(boot, to, to_offset + i, buffer, sizeof buffer);
    }
}

void trailer_erase(struct boot *boot, enum boot_slot slot) {
    slot_erase(boot, slot, boot->layout.slot_size - NVMC_PAGE, NVMC_PAGE);
}

void trailer_write_magic(struct boot *boot, enum boot_slot slot) {
    slot_write(boot, slot, boot->layout.slot_size - TRAILER_MAGIC, magic, sizeof magic);
}

void trailer_write_flag(struct boot *boot, enum boot_slot slot, enum trailer_field field, uint8_t value) {
    const uint8_t word[4] = {value, 0xff, 0xff, 0xff};
    slot_write(boot, slot, boot->layout.slot_size - (uint32_t)field, word, sizeof word);
}

void trailer_write_number(struct boot *boot, enum boot_slot slot, enum trailer_field field, uint32_t value) {
    const uint8_t word[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16), (uint8_t)(value >> 24)};
    slot_write(boot, slot, boot->layout.slot_size - (uint32_t)field, word, sizeof word);
}

uint32_t trailer_read_number(struct boot *boot, enum boot_slot slot, enum trailer_field field) {
    uint8_t b[4] = {0xff, 0xff, 0xff, 0xff};
    slot_read(boot, slot, boot->layout.slot_size - (uint32_t)field, b, sizeof b);
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

uint32_t trailer_status_entries(const struct boot *boot) {
    return TRAILER_MAX_SECTORS * (boot->mode == BOOT_OFFSET ? 2u : 3u);
}

uint32_t trailer_status_offset(const struct boot *boot) {
    uint32_t fields = boot->mode == BOOT_OFFSET ? TRAILER_TLV_SIZES : TRAILER_SWAP_SIZE;
    return boot->layout.slot_size - fields - trailer_status_entries(boot) * TRAILER_ENTRY;
}

static enum boot_mark read_flag(struct boot *boot, enum boot_slot slot, enum trailer_field field) {
    uint8_t value = 0xff;
    slot_read(boot, slot, boot->layout.slot_size - (uint32_t)field, &value, 1);
    return value == 0xff ? BOOT_UNSET : value == 0x01 ? BOOT_GOOD : BOOT_BAD;
}

static enum boot_mark read_magic(struct boot *boot, enum boot_slot slot) {
    uint8_t found[sizeof magic];
    uint8_t blank[sizeof magic];
    memset(found, 0xff, sizeof found);
    memset(blank, 0xff, sizeof blank);
    slot_read(boot, slot, boot->layout.slot_size - TRAILER_MAGIC, found, sizeof found);
    if (memcmp(found, blank, sizeof blank) == 0) {
        return BOOT_UNSET;
    }
    return memcmp(found, magic, sizeof magic) == 0 ? BOOT_GOOD : BOOT_BAD;
}

struct boot_swap_state boot_swap_state(struct boot *boot, enum boot_slot slot) {
    uint8_t info = 0xff;
    struct boot_swap_state state;
    slot_read(boot, slot, boot->layout.slot_size - TRAILER_SWAP_INFO, &info, 1);
    state.magic = read_magic(boot, slot);
    state.copy_done = read_flag(boot, slot, TRAILER_COPY_DONE);
    state.image_ok = read_flag(boot, slot, TRAILER_IMAGE_OK);
    state.swap_type = info == 0xff || (info & 0x0f) > BOOT_SWAP_REVERT ? BOOT_SWAP_NONE : (uint32_t)(info & 0x0f);
    return state;
}

int boot_request_upgrade(struct boot *boot, bool permanent) {
    boot->flash_failed = false;
    switch (boot_swap_state(boot, BOOT_SECONDARY).magic) {
    case BOOT_GOOD:
        return BOOT_CALL_OK; /* already asked for; test stays test */
    case BOOT_UNSET:
        trailer_write_magic(boot, BOOT_SECONDARY);
        if (permanent) {
            trailer_write_flag(boot, BOOT_SECONDARY, TRAILER_IMAGE_OK, 0x01);
        }
        trailer_write_flag(boot, BOOT_SECONDARY, TRAILER_SWAP_INFO, permanent ? BOOT_SWAP_PERMANENT : BOOT_SWAP_TEST);
        return boot->flash_failed ? BOOT_CALL_EIO : BOOT_CALL_OK;
    case BOOT_BAD:
    default:
        boot_erase_slot(boot, BOOT_SECONDARY);
        return BOOT_CALL_EFAULT;
    }
}

int boot_confirm(struct boot *boot) {
    struct boot_swap_state state = boot_swap_state(boot, BOOT_PRIMARY);
    if (state.magic == BOOT_BAD) {
        return BOOT_CALL_EIO;
    }
    boot->flash_failed = false;
    if (state.magic == BOOT_GOOD && state.image_ok == BOOT_UNSET) {
        trailer_write_flag(boot, BOOT_PRIMARY, TRAILER_IMAGE_OK, 0x01);
    }
    return boot->flash_failed ? BOOT_CALL_EIO : BOOT_CALL_OK;
}

bool boot_is_confirmed(struct boot *boot) {
    struct boot_swap_state state = boot_swap_state(boot, BOOT_PRIMARY);
    return state.magic == BOOT_UNSET || state.image_ok == BOOT_GOOD;
}

int boot_erase_slot(struct boot *boot, enum boot_slot slot) {
    slot_erase(boot, slot, 0, boot->layout.slot_size);
    return BOOT_CALL_OK;
}
