/*
 * A board that can lose its power, and the host that updates it: the virtual DK (platform/posix/dk.h: flash model, boot
 * model, the core) without a line or a JVM, driven by tests/unit/host.h. Read this file first, then host_side.h.
 */
#ifndef STUB_TESTS_POWER_WORLD_H
#define STUB_TESTS_POWER_WORLD_H

#include "../../platform/posix/dk.h"
#include "../unit/host.h"

#define WORLD_PAGES_MAX 8u

/* Slot 1 before: blank, noise up to the end, the new image up to the middle of a page and noise behind it. */
enum world_fill { WORLD_BLANK, WORLD_NOISE, WORLD_BEGUN, WORLD_FILLS };

/* What one run starts from. */
struct world_case {
    enum boot_mode mode;
    uint32_t pages; /* of each slot */
    enum world_fill fill;
    bool deflated; /* the host packs */
    uint32_t seed;
};

struct world {
    struct world_case what;
    uint8_t flash[NVMC_SIZE];
    struct dk_meta meta;
    struct dk dk;
    struct host host;
    uint32_t now_ms;
    uint32_t drawn;
    struct {
        uint8_t bytes[WORLD_PAGES_MAX * NVMC_PAGE]; /* 0xFF behind size */
        uint32_t size;
        uint8_t sha256[32];
        uint8_t image_hash[32];
    } image[2];            /* old, new */
    uint64_t watched;      /* a flash operation's number */
    bool watched_erases;   /* it is an erase */
    bool confirming;       /* CONFIRM is under way */
    bool half_confirmed;   /* power went in the middle of it: the confirmation may read right now, and wrong later */
    struct stub_port port; /* as the board has it; the core's counts the reads */
    bool half_swapped;     /* it went in a swap: MCUboot may find and erase leftovers later */
    bool host_died;        /* with the board: what it does not know, MCUboot's check is the net for (SPEC.md 6.1) */
    uint64_t reads;
    uint64_t read_fails_at; /* 0: never */
    uint32_t faults;        /* rules of the flash that were broken */
};

/* The world that a case begins with, power off. */
void world_make(struct world *w, const struct world_case *what);
/* Power on, as far as it gets; checks what must hold whenever MCUboot starts. False if power went again. */
bool world_power_on(struct world *w);
/* True if slot 0 holds exactly this image. */
bool world_runs(const struct world *w, int image);
/* True if slot 1 holds exactly the new image where MCUboot looks for it. */
bool world_holds_new(const struct world *w);
/* True if MCUboot would swap at the next start, and no swap is under way. */
bool world_is_pending(struct world *w);
/* What the case is, for a message. */
const char *world_text(const struct world *w);

#endif
