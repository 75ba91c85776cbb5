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
/* Starts the crystal oscillator, where the chip would run from a less exact one. */
#if defined(CONFIG_CLOCK_CONTROL_NRF)
void board_start_crystal(void);
#else
static inline void board_start_crystal(void) {
}
#endif
/* How long a page takes. */
struct stub_work board_work(void);

#endif
