/*
 * Power cuts at every flash operation of an update, from the first erase in slot 1 over MCUboot's swap to the
 * confirmation: before it and in its middle, in both swap modes, over blank, used and half-written slots, packed and
 * raw, by a host that lives on and by one that is killed with the board; then two cuts, at all pairs of operations.
 * After each the board boots one of the two images, whole; what is pending is whole; and the update goes on and ends.
 * One cut has no cure: in the middle of the one word that confirms. It may read confirmed, and be none two starts
 * later; then all that is asked for is that one of the images runs, whole.
 * test_power SEEDS PAGES: how often cuts in the middle are tried, and the size of the slots for two cuts (0: none).
 */
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"
#include "host_side.h"

#define STARTS 3u  /* until the last weak cell has shown */
#define ROUNDS 12u /* sessions and starts until an update must have ended */

static struct world w;

struct cut {
    uint64_t at; /* operations after the one before, or from the start; 0: none */
    bool halfway;
};

/* Where it came: in the core, in MCUboot, in MCUboot's call for the core's CONFIRM. */
enum phase { NOT_YET, UPLOAD, BOOT, CONFIRM };
static enum phase phases[2];
static enum phase phase;

static struct {
    long runs;
    long cuts;
    long half_confirmed;
} total;

static void plan_cut(const struct cut *cut) {
    w.dk.flash.plan.cut_at = cut->at == 0 ? 0 : w.dk.flash.operations + cut->at;
    w.dk.flash.plan.cut_halfway = cut->halfway;
}

static void must(bool holds, const char *what, const struct cut *cuts, unsigned count) {
    if (!holds) {
        char text[320];
        static const char *const names[] = {"", " of the upload", " of MCUboot", " of the confirmation"};
        int at = snprintf(text, sizeof text, "%s (%s; cuts", what, world_text(&w));
        for (unsigned i = 0; i < count; i++) {
            at += snprintf(text + at, sizeof text - (size_t)at, " %s %lu%s", cuts[i].halfway ? "in" : "before",
                           (unsigned long)cuts[i].at, names[phases[i]]);
        }
        check_that(false, text, __FILE__, __LINE__);
    }
}

static bool is_done(void) {
    return world_runs(&w, 1) && boot_is_confirmed(&w.dk.boot);
}

/* One start or one session; false when the power went. */
static bool step(struct memory *memory) {
    struct stub_event event;
    phase = BOOT;
    if (w.dk.state == DK_OFF) {
        return world_power_on(&w);
    }
    phase = UPLOAD;
    if (setjmp(w.dk.power) != 0) {
        phase = w.confirming ? CONFIRM : UPLOAD;
        w.half_confirmed = w.half_confirmed || (w.confirming && w.dk.flash.plan.cut_halfway);
        dk_power_off(&w.dk);
        return false;
    }
    struct ending e = host_side_session(&w, memory);
    CHECK(e.request == 0);
    if (e.reset) {
        bool asked = false;
        while (stub_session_poll(&w.dk.session, &event)) {
            asked = asked || event.type == STUB_EVENT_RESET;
        }
        CHECK(asked);
        dk_power_off(&w.dk);
        memory->unclean = false;
    }
    return true;
}

/* A whole update with these cuts; returns how many of them came. */
static unsigned run(const struct world_case *what, const struct cut *cuts, unsigned count, bool host_dies) {
    static struct memory memory; /* survives the longjmp */
    static unsigned came;
    bool before = check_passes();
    world_make(&w, what);
    memset(&memory, 0, sizeof memory);
    memset(phases, 0, sizeof phases);
    came = 0;
    plan_cut(&cuts[0]);
    for (unsigned round = 0; round < ROUNDS && !is_done(); round++) {
        if (!step(&memory)) {
            phases[came++] = phase;
            plan_cut(came < count ? &cuts[came] : &(struct cut){0, false});
            if (host_dies) {
                w.host_died = true;
                memset(&memory, 0, sizeof memory);
            }
        }
    }
    must(is_done() || w.half_confirmed, "the new image runs and is confirmed", cuts, count);
    plan_cut(&(struct cut){0, false});
    for (unsigned i = 0; i < (cuts[0].halfway || cuts[count - 1].halfway ? STARTS : 1u); i++) {
        dk_power_off(&w.dk);
        must(world_power_on(&w) && (is_done() || w.half_confirmed), "and stays", cuts, count);
    }
    must(w.faults == 0, "no rule of the flash was broken", cuts, count);
    must(check_passes() || !before, "what must hold at every start", cuts, count);
    total.runs++;
    total.cuts += came;
    total.half_confirmed += w.half_confirmed;
    return came;
}

static uint64_t operations_of(const struct world_case *what) {
    run(what, &(struct cut){0, false}, 1, false);
    return w.dk.flash.operations;
}

static void cut_once(struct world_case what, uint32_t seeds) {
    what.seed = 1;
    uint64_t operations = operations_of(&what);
    for (uint64_t at = 1; at <= operations; at++) {
        for (uint32_t seed = 0; seed <= seeds; seed++) {
            struct cut cut = {at, seed > 0};
            what.seed = (uint32_t)(seed * 1000 + at);
            CHECK_EQ(1, run(&what, &cut, 1, seed % 2 == 0));
        }
    }
}

static void cut_twice(struct world_case what) {
    what.seed = 1;
    uint64_t operations = operations_of(&what);
    for (uint64_t first = 1; first <= operations; first++) {
        unsigned came = 2;
        for (uint64_t second = 1; came == 2; second++) {
            struct cut cuts[2] = {{first, (first + second) % 2 == 0}, {second, (first + second) % 3 != 0}};
            what.seed = (uint32_t)(first * 1000 + second);
            came = run(&what, cuts, 2, (first + second) % 4 == 0);
        }
    }
}

int main(int argc, char **argv) {
    const uint32_t seeds = argc > 1 ? (uint32_t)atoi(argv[1]) : 1;
    const uint32_t pages = argc > 2 ? (uint32_t)atoi(argv[2]) : 5;
    check_begin("one cut");
    for (unsigned mode = 0; mode < 2; mode++) {
        for (unsigned fill = 0; fill < WORLD_FILLS; fill++) {
            for (unsigned deflated = 0; deflated < 2; deflated++) {
                cut_once((struct world_case){(enum boot_mode)mode, 8, (enum world_fill)fill, deflated != 0, 0}, seeds);
            }
        }
    }
    printf("power: %ld updates with one cut\n", total.runs);
    check_begin("two cuts");
    for (unsigned mode = 0; pages > 0 && mode < 2; mode++) {
        cut_twice((struct world_case){(enum boot_mode)mode, pages, WORLD_NOISE, mode == 1, 0});
    }
    printf("power: %ld updates, %ld power cuts, %ld of them in the middle of the confirmation\n", total.runs,
           total.cuts, total.half_confirmed);
    return check_summary("test_power");
}
