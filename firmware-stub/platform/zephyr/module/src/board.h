/* What the board is, and where its numbers come from. */
#ifndef FOTA_BRIDGE_BOARD_H
#define FOTA_BRIDGE_BOARD_H

#include <stddef.h>
#include <stdint.h>

#include "stub/session.h"

#define BOARD_NAME_SIZE 33u /* 32 characters */

/* The board's name in the older spelling, which the host compares with a job's: "nrf9160dk_nrf9160_ns". */
void board_name(char name[BOARD_NAME_SIZE]);
/* The chip's id in hexadecimal, "" if there is none. */
void board_unit(char unit[BOARD_NAME_SIZE]);
/* Fresh entropy; 0 or a negative errno. */
int board_entropy(uint8_t *into, size_t count);
/* Asks for the crystal oscillator, where the chip would run from a less exact one, and asks for it no longer. */
#if defined(CONFIG_FOTA_BRIDGE_STUB_CRYSTAL)
void board_start_crystal(void);
void board_release_crystal(void);
#else
static inline void board_start_crystal(void) {
}

static inline void board_release_crystal(void) {
}
#endif
/* How long a page takes. */
struct stub_work board_work(void);

#endif
