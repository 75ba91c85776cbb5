/*
 * What the launcher tells the board: 32-bit words that QEMU's loader device puts at the end of the data RAM whenever
 * the machine starts. Shared by the launcher and the board.
 */
#ifndef MPS2_PARAMETERS_H
#define MPS2_PARAMETERS_H

#include <stdint.h>

#define PARAMETERS_ADDRESS 0x383ff000u
#define PARAMETERS_MAGIC 0x32504d44u /* without it the board runs with what it has built in */

/* The machine's PSRAM holds the two files: the flash, and what is kept beside it. */
#define PARAMETERS_FLASH 0x80000000u
#define PARAMETERS_META 0x80100000u
#define PARAMETERS_RAM_SIZE 0x1000000u

/* The fields are those of struct dk_config and struct nvmc_plan that a board without an operating system can have. */
struct parameters {
    uint32_t magic;
    uint32_t seed[4]; /* entropy for boot ids, drawn anew at every start */
    uint32_t flash_seed;
    uint32_t baud; /* the rate at which the board sends; the launcher paces what it receives */
    uint32_t timing;
    uint32_t swap_divisor;
    uint32_t primary;
    uint32_t secondary;
    uint32_t slot_size;
    uint32_t protected_from;
    uint32_t protected_to;
    uint32_t mode;
    uint32_t new_image;
    uint32_t watchdog_ms;
    uint32_t fail_at;
    uint32_t silent_at;
    char unit[36]; /* ends with 0 */
};

#endif
