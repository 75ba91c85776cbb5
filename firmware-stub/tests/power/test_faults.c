/*
 * A flash that fails, at every operation of an update in turn: program and erase report an error, or report success and
 * do nothing; every read reports an error; a bit of slot 1 stays 0 however often its page is erased, or 1 whatever is
 * programmed. Each must end with the code that says so, must never leave a pending slot that MARK has not answered OK
 * for, and the next session on a flash that works again must finish the update.
 */
#include <stdio.h>

#include "../check.h"
#include "bytes.h"
#include "host_side.h"
#include "wire.h"

#define ROUNDS 8u
#define STRIDE 236u /* bytes between the words with a stuck bit; no divisor of a page, so that all places come */

static struct world w;
static struct memory memory;
static struct world_case what;
static long runs;

static void must(bool holds, const char *rule, const char *fault, uint64_t at, const struct ending *e) {
    if (!holds) {
        char text[256];
        snprintf(text, sizeof text, "%s: %s %lu, request %u, code %u (%s)", rule, fault, (unsigned long)at, e->request,
                 e->code, world_text(&w));
        check_that(false, text, __FILE__, __LINE__);
    }
}

static void start(void) {
    world_make(&w, &what);
    memset(&memory, 0, sizeof memory);
    CHECK(world_power_on(&w));
    runs++;
}

/* The event that the session's owner gets says the same as STATUS. */
static bool told(uint8_t code) {
    struct stub_event event;
    while (stub_session_poll(&w.dk.session, &event)) {
        if (event.type == STUB_EVENT_FAILED) {
            return event.code == code;
        }
    }
    return false;
}

static struct ending session_with_fault(const char *fault, uint64_t at) {
    struct ending e = host_side_session(&w, &memory);
    must(e.request != STUB_DATA || told(e.code), "the owner is told", fault, at, &e);
    must(world_is_pending(&w) == e.marked, "pending only after the OK of MARK", fault, at, &e);
    must(!e.marked || world_holds_new(&w), "what is pending is whole", fault, at, &e);
    must(w.faults == 0, "no rule of the flash was broken", fault, at, &e);
    return e;
}

static bool is_done(void) {
    return world_runs(&w, 1) && boot_is_confirmed(&w.dk.boot);
}

/* The flash works again. */
static void finishes(const char *fault, uint64_t at) {
    struct ending e = {0};
    memset(&w.dk.flash.plan, 0, sizeof w.dk.flash.plan);
    w.read_fails_at = 0;
    dk_power_off(&w.dk);
    for (unsigned round = 0; round < ROUNDS && !is_done(); round++) {
        if (w.dk.state == DK_OFF) {
            world_power_on(&w);
        }
        e = host_side_session(&w, &memory);
        if (e.reset) {
            dk_power_off(&w.dk);
            world_power_on(&w);
        }
    }
    must(is_done(), "the update ends afterwards", fault, at, &e);
}

/* What a fault of an operation must be called. */
static bool is_right_code(const struct ending *e, bool silent) {
    if (e->request == STUB_MARK) {
        return e->code == STUB_BOOT_FAILED;
    }
    if (silent && e->request == 0) {
        return e->marked; /* an erase of what was blank, or a program of a mark's part that nobody reads */
    }
    return e->code == (w.watched_erases ? STUB_ERASE_FAILED : STUB_PROGRAM_FAILED);
}

static uint64_t one_operation(uint64_t at, bool silent) {
    start();
    w.watched = at;
    w.dk.flash.plan.fail_from = silent ? 0 : at;
    w.dk.flash.plan.fail_count = 1;
    w.dk.flash.plan.silent_at = silent ? at : 0;
    const char *fault = silent ? "silent operation" : "failed operation";
    struct ending e = session_with_fault(fault, at);
    uint64_t operations = w.dk.flash.operations;
    must(at == 0 || is_right_code(&e, silent), "the right code", fault, at, &e);
    must(at != 0 || e.marked, "no fault, no trouble", fault, at, &e);
    finishes(fault, at);
    return operations;
}

static void operations_fail(void) {
    check_begin("operations fail");
    uint64_t operations = one_operation(0, false);
    for (uint64_t at = 1; at <= operations; at++) {
        one_operation(at, false);
        one_operation(at, true);
    }
}

static uint64_t one_read(uint64_t at) {
    start();
    w.reads = 0;
    w.read_fails_at = at;
    struct ending e = session_with_fault("failed read", at);
    uint64_t reads = w.reads;
    must(at == 0 || e.code == STUB_READ_FAILED, "the right code", "failed read", at, &e);
    if (at % 8 == 0) { /* it is the same each time */
        finishes("failed read", at);
    }
    return reads;
}

static void reads_fail(void) {
    check_begin("reads fail");
    uint64_t reads = one_read(0);
    for (uint64_t at = 1; at <= reads; at++) {
        one_read(at);
    }
}

/* The image's bit at this offset of slot 1; 1 outside of it, in the trailer page and in the lead page. */
static bool image_bit(uint32_t offset, uint32_t bit) {
    uint32_t at = offset - boot_upload_offset(&w.dk.boot);
    return at >= w.image[1].size || (stub_get_le32(w.image[1].bytes + at) >> bit & 1u) != 0;
}

static void one_stuck_bit(uint32_t offset, uint32_t bit, bool reads_1) {
    start();
    const uint32_t area = boot_upload_offset(&w.dk.boot) + (w.image[1].size + NVMC_PAGE - 1) / NVMC_PAGE * NVMC_PAGE;
    w.dk.flash.plan.stuck_word = w.dk.config.layout.secondary + offset;
    w.dk.flash.plan.stuck_ones = reads_1 ? 1u << bit : 0;
    w.dk.flash.plan.stuck_zeros = reads_1 ? 0 : 1u << bit;
    const char *fault = reads_1 ? "bit that stays 1" : "bit that stays 0";
    struct ending e = session_with_fault(fault, offset);
    bool matters = offset < area || offset >= w.dk.config.layout.slot_size - NVMC_PAGE;
    bool in_trailer = offset >= area;
    if (!matters) {
        must(e.marked, "what is not of the image does not matter", fault, offset, &e);
    } else if (!reads_1) {
        must(e.code == STUB_ERASE_FAILED, "the right code", fault, offset, &e);
    } else if (!image_bit(offset, bit)) {
        must(e.code == STUB_PROGRAM_FAILED, "the right code", fault, offset, &e);
    } else {
        must(e.marked || (in_trailer && e.code == STUB_BOOT_FAILED), "a bit that is to be 1", fault, offset, &e);
    }
}

static void bits_stick(void) {
    check_begin("bits stick");
    const uint32_t size = what.pages * NVMC_PAGE;
    for (uint32_t offset = 0; offset < size; offset += STRIDE) {
        one_stuck_bit(offset, offset / STRIDE % 32, false);
        one_stuck_bit(offset, offset / STRIDE % 32, true);
    }
    for (uint32_t offset = size - 16; offset < size; offset += 4) { /* the magic */
        one_stuck_bit(offset, 9, false);
        one_stuck_bit(offset, 9, true);
    }
}

int main(void) {
    for (unsigned mode = 0; mode < 2; mode++) {
        for (unsigned fill = 0; fill < WORLD_FILLS; fill++) {
            for (unsigned deflated = 0; deflated < 2; deflated++) {
                what = (struct world_case){(enum boot_mode)mode, 5, (enum world_fill)fill, deflated != 0, 1};
                operations_fail();
            }
        }
        what = (struct world_case){(enum boot_mode)mode, 5, WORLD_NOISE, true, 1};
        reads_fail();
        bits_stick();
    }
    printf("faults: %ld updates\n", runs);
    return check_summary("test_faults");
}
