/* The flash in a file of exactly 1 MiB that anybody may inspect, and FILE.meta beside it; both survive a kill. */
#ifndef POSIX_FLASH_FILE_H
#define POSIX_FLASH_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "dk.h"

struct flash_file {
    uint8_t *bytes; /* NVMC_SIZE, shared with the file */
    struct dk_meta *meta;
    bool blank; /* the file was made now, or held nothing but 0xFF */
    int lock;
};

/* Maps both, made if missing; one process at a time. On failure says why on stderr and returns false. */
bool flash_file_open(struct flash_file *file, const char *path);

/* Puts an image file at the start of slot 0. On failure says why on stderr and returns false. */
bool flash_file_program(struct flash_file *file, const struct boot_layout *layout, const char *image_path);

/*
 * Maps FILE.modem, made if missing, anew if the flash is blank; survives a kill. NULL, with why on stderr, on failure.
 */
struct modem_meta *flash_file_modem(const struct flash_file *file, const char *path);

#endif
