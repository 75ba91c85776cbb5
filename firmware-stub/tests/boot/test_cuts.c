/*
 * Power cuts before and in the middle of every flash operation of a swap and of a revert, in both swap modes, on slots
 * of eight pages: after them the right image boots, whole, and a revert still works. Interrupted operations leave weak
 * cells that show one or two boots later; a swap that is resumed must have cured all that matter.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "../../platform/virtual/boot.h"

#define SLOT_PAGES 8u
#define SEEDS 3u

static struct {
    uint8_t bytes[NVMC_SIZE];
    struct nvmc_meta meta;
    struct nvmc flash;
    struct boot boot;
    jmp_buf power;
    uint8_t images[2][24576];
    uint32_t sizes[2];
    long runs;
    long unwanted;
    long failures;
} t;

static void on_power_cut(void *context) {
    (void)context;
    longjmp(t.power, 1);
}

static void put_le(uint8_t *into, uint32_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        into[i] = (uint8_t)(value >> (8 * i));
    }
}

static void make_image(int which, uint32_t body, uint8_t version) {
    static const uint8_t tlvs[8] = {0x07, 0x69, 40, 0, 0x10, 0, 32, 0};
    uint8_t *image = t.images[which];
    struct boot_sha256 hash;
    memset(image, 0, 0x200);
    put_le(image, BOOT_IMAGE_MAGIC, 4);
    put_le(image + 8, 0x200, 2);
    put_le(image + 12, body, 4);
    image[20] = version;
    for (uint32_t i = 0; i < body; i++) {
        image[0x200 + i] = (uint8_t)(i * 7 + i / 251 + version * 31u);
    }
    memcpy(image + 0x200 + body, tlvs, sizeof tlvs);
    boot_sha256_init(&hash);
    boot_sha256_update(&hash, image, 0x200 + body);
    boot_sha256_finish(&hash, image + 0x200 + body + sizeof tlvs);
    t.sizes[which] = 0x200 + body + 40;
}

static void start(enum boot_mode mode, uint32_t seed) {
    struct boot_layout layout = boot_layout_small(SLOT_PAGES);
    memset(t.bytes, 0xff, sizeof t.bytes);
    memset(&t.meta, 0, sizeof t.meta);
    nvmc_open(&t.flash, t.bytes, &t.meta, seed);
    t.flash.hooks.power_cut = on_power_cut;
    boot_init(&t.boot, &t.flash, layout, mode);
    nvmc_place(&t.flash, layout.primary, t.images[0], t.sizes[0]);
    nvmc_place(&t.flash, layout.secondary + boot_upload_offset(&t.boot), t.images[1], t.sizes[1]);
}

static struct boot_report power_on(void) {
    nvmc_power_cycle(&t.flash);
    return boot_run(&t.boot);
}

static bool runs(const struct boot_report *report, int which) {
    return report->booted && memcmp(t.bytes + t.boot.layout.primary, t.images[which], t.sizes[which]) == 0;
}

static void check(bool good, const char *what, enum boot_mode mode, uint64_t cut, bool halfway, uint32_t seed) {
    if (!good) {
        t.failures++;
        fprintf(stderr, "%s: mode %d, cut %s operation %lu, seed %u\n", what, (int)mode, halfway ? "in" : "before",
                (unsigned long)cut, seed);
    }
}

/* Swaps (or reverts, when undo) with one cut; false when there was no such operation any more. */
static bool one_cut(enum boot_mode mode, bool undo, uint64_t cut, bool halfway, uint32_t seed) {
    start(mode, seed);
    boot_request_upgrade(&t.boot, false);
    if (undo) {
        power_on();
    }
    t.flash.operations = 0;
    t.flash.plan.cut_at = cut;
    t.flash.plan.cut_halfway = halfway;
    if (setjmp(t.power) == 0) {
        power_on();
        return false;
    }
    struct boot_report report = power_on();
    t.runs++;
    int wanted = undo ? 0 : 1;
    int which = runs(&report, wanted) ? wanted : 1 - wanted;
    t.unwanted += which != wanted;
    check(runs(&report, which), "an image boots after the cut", mode, cut, halfway, seed);
    check(!report.refused, "a swap that was cut is not refused", mode, cut, halfway, seed);
    boot_confirm(&t.boot);
    for (int i = 0; i < 4; i++) {
        report = power_on();
        check(runs(&report, which), "it stays when confirmed", mode, cut, halfway, seed);
    }
    return true;
}

static void sweep(enum boot_mode mode, bool undo, bool halfway, uint32_t seed) {
    for (uint64_t cut = 1; one_cut(mode, undo, cut, halfway, seed); cut++) {
    }
}

/* Without a cut: swap, revert, again, confirm; refusal of an image that lies at the wrong place. */
static void plain_run(enum boot_mode mode) {
    start(mode, 1);
    boot_request_upgrade(&t.boot, false);
    struct boot_report report = power_on();
    check(runs(&report, 1) && report.swap_type == BOOT_SWAP_TEST, "test swap", mode, 0, false, 1);
    report = power_on();
    check(runs(&report, 0) && report.swap_type == BOOT_SWAP_REVERT, "revert", mode, 0, false, 1);
    report = power_on();
    check(runs(&report, 0) && report.swap_type == BOOT_SWAP_NONE, "stays reverted", mode, 0, false, 1);
    if (mode == BOOT_OFFSET) {
        start(mode, 1);
        nvmc_place(&t.flash, t.boot.layout.secondary, t.images[1], t.sizes[1]);
        boot_request_upgrade(&t.boot, false);
        report = power_on();
        check(runs(&report, 0) && report.refused, "wrong upload place refused", mode, 0, false, 1);
        check(t.bytes[t.boot.layout.secondary] == 0xff, "and erased", mode, 0, false, 1);
    }
}

int main(void) {
    make_image(0, 17000, 1);
    make_image(1, 23000, 2);
    for (uint32_t mode = 0; mode < 2; mode++) {
        plain_run((enum boot_mode)mode);
        for (uint32_t seed = 1; seed <= SEEDS; seed++) {
            sweep((enum boot_mode)mode, false, seed > 1, seed);
            sweep((enum boot_mode)mode, true, seed > 1, seed);
        }
    }
    printf("test_cuts: %ld power cuts, %ld led to the other image, %ld failures\n", t.runs, t.unwanted, t.failures);
    return t.failures == 0 && t.runs > 500 && t.unwanted * 20 < t.runs ? 0 : 1;
}
