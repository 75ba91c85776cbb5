#include "world.h"

#include <stdio.h>

#include "../check.h"
#include "../image.h"
#include "bytes.h"

static void entropy(void *context, uint8_t *into, size_t count) {
    struct world *w = context;
    check_noise(into, (uint32_t)count, ++w->drawn * 0x9E3779B9u);
}

static void on_busy(void *context, uint32_t microseconds) {
    struct dk *dk = context;
    struct world *w = dk->config.context;
    if (dk->flash.operations == w->watched) {
        w->watched_erases = microseconds == NVMC_ERASE_US;
    }
}

static void on_fault(void *context, enum nvmc_fault_kind kind, uint32_t address) {
    struct dk *dk = context;
    struct world *w = dk->config.context;
    (void)kind;
    (void)address;
    w->faults++;
}

static bool read_fails(struct dk *dk) {
    struct world *w = dk->config.context;
    return ++w->reads == w->read_fails_at;
}

static int on_read(void *context, uint32_t offset, void *into, size_t count) {
    struct dk *dk = context;
    struct world *w = dk->config.context;
    return read_fails(dk) ? -1 : w->port.read(context, offset, into, count);
}

static int on_read_elsewhere(void *context, uint32_t address, void *into, size_t count) {
    struct dk *dk = context;
    struct world *w = dk->config.context;
    return read_fails(dk) ? -1 : w->port.read_elsewhere(context, address, into, count);
}

/* Old and new differ in every way that pages can: changed, a little, not at all, blank, shorter. */
static void make_images(struct world *w) {
    const uint32_t whole = (w->what.pages - 3) * NVMC_PAGE;
    for (int i = 0; i < 2; i++) {
        uint8_t *bytes = w->image[i].bytes;
        memset(bytes, 0xFF, sizeof w->image[i].bytes);
        for (uint32_t at = 0; at < whole; at += 16) {
            check_noise(bytes + at, 16, at * 77); /* each 16 bytes by themselves, for short matches */
        }
        if (i == 1) {
            check_noise(bytes + NVMC_PAGE / 2, NVMC_PAGE / 4, 5);
            memset(bytes + NVMC_PAGE + 100, 0x55, 700);
            if (whole > 3 * NVMC_PAGE) {
                memset(bytes + 3 * NVMC_PAGE, 0xFF, NVMC_PAGE);
            }
        }
        w->image[i].size = test_image(bytes, whole - 0x200 - (i == 0 ? 900 : 200), (uint8_t)(i + 1));
        memset(bytes + w->image[i].size, 0xFF, sizeof w->image[i].bytes - w->image[i].size);
        memcpy(w->image[i].image_hash, bytes + w->image[i].size - 32, 32);
        struct boot_sha256 sha;
        boot_sha256_init(&sha);
        boot_sha256_update(&sha, bytes, w->image[i].size);
        boot_sha256_finish(&sha, w->image[i].sha256);
    }
}

static void fill_slot(struct world *w) {
    const struct boot_layout *layout = &w->dk.config.layout;
    uint8_t *slot = w->flash + layout->secondary;
    memcpy(w->flash + layout->primary, w->image[0].bytes, w->image[0].size);
    if (w->what.fill != WORLD_BLANK) {
        check_noise(slot, layout->slot_size, 99);
    }
    if (w->what.fill == WORLD_BEGUN) {
        memcpy(slot + boot_upload_offset(&w->dk.boot), w->image[1].bytes, NVMC_PAGE + NVMC_PAGE / 2);
    }
}

void world_make(struct world *w, const struct world_case *what) {
    memset(w, 0, sizeof *w);
    w->what = *what;
    make_images(w);
    struct dk_config config;
    memset(&config, 0, sizeof config);
    config.layout = boot_layout_small(what->pages);
    config.mode = what->mode;
    config.swap_divisor = 1;
    config.context = w;
    config.entropy = entropy;
    memset(w->flash, 0xFF, sizeof w->flash);
    dk_init(&w->dk, &config, w->flash, &w->meta, what->seed);
    w->dk.flash.hooks.busy = on_busy;
    w->dk.flash.hooks.fault = on_fault;
    w->port = w->dk.port;
    w->dk.port.read = on_read;
    w->dk.port.read_elsewhere = on_read_elsewhere;
    fill_slot(w);
}

bool world_runs(const struct world *w, int image) {
    return memcmp(w->flash + w->dk.config.layout.primary, w->image[image].bytes, w->image[image].size) == 0;
}

bool world_holds_new(const struct world *w) {
    const uint8_t *slot = w->flash + w->dk.config.layout.secondary + boot_upload_offset(&w->dk.boot);
    return memcmp(slot, w->image[1].bytes, w->image[1].size) == 0;
}

bool world_is_pending(struct world *w) {
    enum boot_swap_type type = boot_pending(&w->dk.boot);
    return boot_swap_state(&w->dk.boot, BOOT_PRIMARY).magic == BOOT_UNSET &&
           (type == BOOT_SWAP_TEST || type == BOOT_SWAP_PERMANENT);
}

const char *world_text(const struct world *w) {
    static char text[160];
    static const char *const fills[] = {"blank", "noise", "begun"};
    snprintf(text, sizeof text, "%s, slot of %lu pages %s, %s, seed %lu", w->what.mode == BOOT_MOVE ? "move" : "offset",
             (unsigned long)w->what.pages, fills[w->what.fill], w->what.deflated ? "packed" : "raw",
             (unsigned long)w->what.seed);
    return text;
}

bool world_power_on(struct world *w) {
    bool pending = world_is_pending(w);
    bool whole = world_holds_new(w);
    CHECK(!pending || whole); /* never a half image pending */
    dk_power_on(&w->dk, w->dk.cpu_ns);
    if (w->dk.state == DK_OFF) {
        w->half_swapped = true;
        return false;
    }
    CHECK(w->dk.report.booted);
    CHECK(!w->dk.report.refused || w->half_swapped || w->half_confirmed || w->host_died);
    CHECK(!w->dk.report.too_large);
    CHECK(world_runs(w, 0) || world_runs(w, 1)); /* never both broken */
    CHECK_EQ(DK_RUNNING, w->dk.state);
    return true;
}
