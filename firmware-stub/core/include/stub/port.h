/*
 * What a platform provides to the core. All calls come from the thread that calls stub_session_tick(); none from an
 * interrupt. Offsets are relative to the start of MCUboot's secondary slot. 0 is success, negative a failure that the
 * core reports to the host; what was changed until then is the platform's truth, the core reads back. What is not
 * inside the slot is refused. tests/contract holds a platform to all of this.
 */
#ifndef STUB_PORT_H
#define STUB_PORT_H

#include <stddef.h>
#include <stdint.h>

enum stub_running_state {
    STUB_RUNNING_UNKNOWN = 0,
    STUB_RUNNING_CONFIRMED = 1,
    STUB_RUNNING_ON_TRIAL = 2, /* a test swap that nobody has confirmed: slot 1 holds the image to revert to */
};

enum stub_slot_state {
    STUB_SLOT_BLANK = 0, /* the trailer page is blank */
    STUB_SLOT_PENDING_TEST = 1,
    STUB_SLOT_PENDING_PERMANENT = 2,
    STUB_SLOT_DIRTY = 3, /* the trailer page is not blank, and MCUboot would not swap */
};

enum stub_swap_mode {
    STUB_SWAP_MOVE = 1,
    STUB_SWAP_OFFSET = 2,
    STUB_SWAP_SCRATCH = 3,
    STUB_SWAP_OVERWRITE = 4,
};

/* MCUboot's view, asked anew at every HELLO and wherever it matters. */
struct stub_boot_state {
    enum stub_running_state running;
    enum stub_slot_state slot;
};

struct stub_port {
    void *context; /* handed to every call */

    /* Reads count bytes of the slot, wherever they begin. Never blocks for longer than a flash operation under way. */
    int (*read)(void *context, uint32_t offset, void *into, size_t count);
    /* Reads count bytes at an absolute address, inside one of the identity's readable ranges and outside the slot. */
    int (*read_elsewhere)(void *context, uint32_t address, void *into, size_t count);
    /* Programs count bytes into erased flash; offset and count are multiples of the write unit. Blocks until done. */
    int (*program)(void *context, uint32_t offset, const void *bytes, size_t count);
    /* Erases the page that starts at offset. Blocks until done: 87.5 ms on an nRF9160, in which nothing else runs. */
    int (*erase)(void *context, uint32_t offset);

    /* What MCUboot would do, and whether the running image is confirmed. */
    int (*boot_state)(void *context, struct stub_boot_state *state);
    /* Requests a test swap of slot 1 (boot_request_upgrade). The trailer page is blank, or this image is pending. */
    int (*mark_pending)(void *context);
    /* Confirms the running image (boot_write_img_confirmed). */
    int (*confirm)(void *context);
};

#endif
