/*
 * What MCUboot does to the flash: swap-move as in NCS 2.5 (write for write, held against dumps of the real one, see
 * tests/boot) and swap-using-offset as in MCUboot 2.4. Read this file first, then boot.c; trailer.h is the layout of a
 * slot's end.
 *
 * Power may go at any flash operation (struct nvmc_plan); the next boot_run resumes as MCUboot does.
 */
#ifndef VIRTUAL_BOOT_H
#define VIRTUAL_BOOT_H

#include <stdbool.h>
#include <stdint.h>

#include "image.h"
#include "layout.h"
#include "nvmc.h"

enum boot_swap_type {
    BOOT_SWAP_NONE = 1,
    BOOT_SWAP_TEST = 2,
    BOOT_SWAP_PERMANENT = 3,
    BOOT_SWAP_REVERT = 4,
    BOOT_SWAP_FAIL = 5
};

enum boot_mode { BOOT_MOVE, BOOT_OFFSET };

enum boot_slot { BOOT_PRIMARY = 0, BOOT_SECONDARY = 1 };

/* Magic and flags of a trailer as MCUboot reads them. */
enum boot_mark { BOOT_GOOD = 1, BOOT_BAD = 2, BOOT_UNSET = 3 };

struct boot_swap_state {
    enum boot_mark magic;
    enum boot_mark copy_done;
    enum boot_mark image_ok;
    uint32_t swap_type;
};

/* What the application-side calls answer, as Zephyr's do. */
enum { BOOT_CALL_OK = 0, BOOT_CALL_EIO = -5, BOOT_CALL_EFAULT = -14 };

/* True when the signature over the digest is by the key with that hash. NULL in struct boot: only the hash is checked.
 */
typedef bool boot_verify(void *context, const uint8_t *key_hash, uint16_t key_hash_length, uint16_t type,
                         const uint8_t digest[BOOT_SHA256_SIZE], const uint8_t *signature, uint16_t length);

struct boot {
    struct nvmc *flash;
    struct boot_layout layout;
    enum boot_mode mode;
    boot_verify *verify;
    void *verify_context;
    const uint8_t *trusted; /* digest of an image that needs no signature, put there by a probe; NULL for none */
    uint32_t write_calls;   /* of the flash driver, since boot_init */
    uint32_t erase_calls;
    bool flash_failed;
};

struct boot_report {
    bool booted;                   /* false: MCUboot found nothing to run and loops */
    bool resumed;                  /* a swap that was interrupted was taken up */
    bool refused;                  /* slot 1 was pending and found not valid: erased */
    bool too_large;                /* slot 1 was pending and does not fit the swap: left alone */
    enum boot_swap_type swap_type; /* as the trailers asked for, before the check of slot 1 */
    uint32_t swapped_pages;        /* pages of the larger image, 0 without a swap */
    struct boot_image image;       /* what runs now, valid when booted */
};

void boot_init(struct boot *boot, struct nvmc *flash, struct boot_layout layout, enum boot_mode mode);

/* One start of the bootloader, from reset to the jump. */
struct boot_report boot_run(struct boot *boot);

/* The calls of the application side. */
int boot_request_upgrade(struct boot *boot, bool permanent);
int boot_confirm(struct boot *boot);
int boot_erase_slot(struct boot *boot, enum boot_slot slot);
struct boot_swap_state boot_swap_state(struct boot *boot, enum boot_slot slot);
enum boot_swap_type boot_pending(struct boot *boot);

/* As Zephyr's boot_is_img_confirmed: an image that was never swapped in counts as confirmed. */
bool boot_is_confirmed(struct boot *boot);

/* Largest image (header to last TLV) that MCUboot swaps in: the slot less the trailer's page and one more. */
uint32_t boot_image_limit(const struct boot *boot);

/* Where in slot 1 an upload starts: 0, or one page for swap-using-offset. */
uint32_t boot_upload_offset(const struct boot *boot);

#endif
