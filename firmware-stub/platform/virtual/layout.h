/* Where the slots are: the two nRF Connect SDK layouts for boards with TF-M, and a small one for sweeps. */
#ifndef VIRTUAL_LAYOUT_H
#define VIRTUAL_LAYOUT_H

#include <stdint.h>

struct boot_layout {
    uint32_t primary;        /* address of slot 0 */
    uint32_t secondary;      /* address of slot 1 */
    uint32_t slot_size;      /* bytes of either slot, a multiple of the page */
    uint32_t protected_from; /* TF-M's own code and data: faults when non-secure code reads it */
    uint32_t protected_to;
};

/* Layout 'A' (minimal TF-M, slots of 0x78000) or 'B' (with settings, slots of 0x70000; also for any other letter). */
struct boot_layout boot_layout_named(char name);

/* Slots of 4 to 112 pages each where layout B has them; TF-M shrinks to the rest of slot 0's first page. */
struct boot_layout boot_layout_small(uint32_t pages);

#endif
