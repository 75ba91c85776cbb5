/* Carries bytes between the pty and the machine's UART until it is told to stop, or QEMU ends. */
#ifndef MPS2_RELAY_H
#define MPS2_RELAY_H

#include <signal.h>
#include <stdbool.h>

#include "../../posix/pty_line.h"

/*
 * What the host sends is paced at the line's rate here; what the board sends is paced in the board. False when QEMU has
 * ended by itself. QEMU's UART takes a byte at a time, 20 to 40 KB a second: above some 300 000 baud it, and not the
 * rate, is the limit for what the board receives; the bytes wait in the pty, none is lost.
 */
bool relay_run(struct pty_line *line, int machine, const volatile sig_atomic_t *stop);

#endif
