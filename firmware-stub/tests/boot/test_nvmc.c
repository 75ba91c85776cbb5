/* The flash's rules and planted faults, and the UART's buffers: each as unkind as the header says. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "../../platform/posix/uarte.h"
#include "../../platform/virtual/nvmc.h"

#define PAGE 0x80000u

static struct {
    uint8_t bytes[NVMC_SIZE];
    struct nvmc_meta meta;
    struct nvmc flash;
    struct uarte uarte;
    jmp_buf power;
    uint64_t busy_us;
    enum nvmc_fault_kind fault;
    int failures;
} t;

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "test_nvmc.c:%d: %s\n", __LINE__, #condition);                                             \
            t.failures++;                                                                                              \
        }                                                                                                              \
    } while (0)

static void on_busy(void *context, uint32_t microseconds) {
    (void)context;
    t.busy_us += microseconds;
}

static void on_power_cut(void *context) {
    (void)context;
    longjmp(t.power, 1);
}

static void on_fault(void *context, enum nvmc_fault_kind kind, uint32_t address) {
    (void)context;
    (void)address;
    t.fault = kind;
}

static void fresh(uint32_t seed) {
    memset(t.bytes, 0xff, sizeof t.bytes);
    memset(&t.meta, 0, sizeof t.meta);
    nvmc_open(&t.flash, t.bytes, &t.meta, seed);
    t.flash.hooks = (struct nvmc_hooks){NULL, on_busy, on_power_cut, on_fault};
    t.busy_us = 0;
}

static bool page_is(uint8_t value) {
    for (uint32_t i = 0; i < NVMC_PAGE; i++) {
        if (t.bytes[PAGE + i] != value) {
            return false;
        }
    }
    return true;
}

static void bits_only_clear_and_a_word_takes_two_writes(void) {
    fresh(1);
    CHECK(nvmc_program(&t.flash, PAGE, "\xf0\xff\xff\xff", 4) == NVMC_OK);
    CHECK(nvmc_program(&t.flash, PAGE, "\x3c\xff\xff\xff", 4) == NVMC_OK);
    CHECK(t.bytes[PAGE] == 0x30);
    CHECK(nvmc_program(&t.flash, PAGE, "\x00\xff\xff\xff", 4) == NVMC_FAULT);
    CHECK(t.fault == NVMC_FAULT_THIRD_WRITE && t.bytes[PAGE] == 0x30);
    CHECK(t.busy_us == 2 * NVMC_WORD_US);
    CHECK(nvmc_erase(&t.flash, PAGE) == NVMC_OK);
    CHECK(t.busy_us == 2 * NVMC_WORD_US + NVMC_ERASE_US);
    CHECK(page_is(0xff) && nvmc_program(&t.flash, PAGE, "\0\0\0\0", 4) == NVMC_OK);
}

static void only_whole_words_and_pages_inside(void) {
    fresh(1);
    CHECK(nvmc_program(&t.flash, PAGE + 2, "abcd", 4) == NVMC_FAULT && t.fault == NVMC_FAULT_ALIGNMENT);
    CHECK(nvmc_program(&t.flash, PAGE, "abc", 3) == NVMC_FAULT);
    CHECK(nvmc_erase(&t.flash, PAGE + 4) == NVMC_FAULT);
    CHECK(nvmc_erase(&t.flash, NVMC_SIZE) == NVMC_FAULT && t.fault == NVMC_FAULT_RANGE);
    CHECK(t.flash.operations == 0 && t.busy_us == 0);
}

static void protected_range_faults_for_non_secure_code(void) {
    uint8_t byte;
    fresh(1);
    t.flash.protected_from = 0x10200;
    t.flash.protected_to = 0x18000;
    CHECK(nvmc_read(&t.flash, 0x101ff, &byte, 1) == NVMC_OK);
    CHECK(nvmc_read(&t.flash, 0x10200, &byte, 1) == NVMC_FAULT && t.fault == NVMC_FAULT_PROTECTED_READ);
    CHECK(nvmc_read(&t.flash, 0x17fff, &byte, 1) == NVMC_FAULT);
    CHECK(nvmc_read(&t.flash, 0x18000, &byte, 1) == NVMC_OK);
    t.flash.secure = true;
    CHECK(nvmc_read(&t.flash, 0x10200, &byte, 1) == NVMC_OK);
}

static void planted_faults_hit_the_named_operation(void) {
    uint8_t word[4];
    fresh(1);
    t.flash.plan.silent_at = 1;
    t.flash.plan.fail_from = 2;
    t.flash.plan.fail_count = 1;
    CHECK(nvmc_program(&t.flash, PAGE, "\0\0\0\0", 4) == NVMC_OK && page_is(0xff));
    CHECK(nvmc_erase(&t.flash, PAGE) == NVMC_FAILED);
    CHECK(nvmc_program(&t.flash, PAGE, "\0\0\0\0", 4) == NVMC_OK && t.bytes[PAGE] == 0);
    t.flash.plan.stuck_word = PAGE;
    t.flash.plan.stuck_ones = 0x01000000;
    CHECK(nvmc_read(&t.flash, PAGE, word, 4) == NVMC_OK && word[3] == 1 && word[0] == 0);
}

static void cut_before_leaves_everything(void) {
    fresh(1);
    t.flash.plan.cut_at = 1;
    if (setjmp(t.power) == 0) {
        nvmc_program(&t.flash, PAGE, "\0\0\0\0", 4);
        CHECK(false);
    }
    CHECK(page_is(0xff) && t.meta.weak[0].count == 0);
}

/* Cuts a whole-page program or an erase in its middle; true when the page reads differently one or two boots later. */
static bool shows_later(uint32_t seed, bool erase) {
    static uint8_t data[NVMC_PAGE];
    static uint8_t after_cut[NVMC_PAGE];
    fresh(seed);
    memset(data, 0x5a, sizeof data);
    if (erase) {
        nvmc_program(&t.flash, PAGE, data, sizeof data);
    }
    t.flash.plan.cut_at = t.flash.operations + 1;
    t.flash.plan.cut_halfway = true;
    if (setjmp(t.power) == 0) {
        if (erase) {
            nvmc_erase(&t.flash, PAGE);
        } else {
            nvmc_program(&t.flash, PAGE, data, sizeof data);
        }
        CHECK(false);
    }
    memcpy(after_cut, t.bytes + PAGE, NVMC_PAGE);
    CHECK(t.meta.weak[0].count != 0);
    for (int boots = 0; boots < 3; boots++) {
        nvmc_power_cycle(&t.flash);
    }
    return memcmp(after_cut, t.bytes + PAGE, NVMC_PAGE) != 0;
}

static void interrupted_operations_leave_weak_cells(void) {
    int shown = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        shown += shows_later(seed, true);
        shown += shows_later(seed, false);
    }
    CHECK(shown > 20);
}

static void an_erase_cures_and_a_kill_counts_as_a_cut(void) {
    fresh(3);
    t.meta.busy_kind = 1; /* as a killed process leaves it */
    t.meta.busy_address = PAGE;
    nvmc_open(&t.flash, t.bytes, &t.meta, 0);
    CHECK(t.meta.busy_kind == 0 && t.meta.weak[0].count == NVMC_PAGE);
    nvmc_erase(&t.flash, PAGE);
    CHECK(t.meta.weak[0].count == 0);
    nvmc_power_cycle(&t.flash);
    nvmc_power_cycle(&t.flash);
    nvmc_power_cycle(&t.flash);
    CHECK(page_is(0xff));
}

static void two_buffers_then_the_fifo_then_overrun(void) {
    static uint8_t taken[2 * UARTE_DMA_MAX + UARTE_FIFO];
    size_t count = 0;
    size_t piece;
    uarte_start(&t.uarte, 1000000, true, 0);
    for (uint32_t i = 0; i < 2 * UARTE_DMA_MAX + UARTE_FIFO + 3; i++) {
        uarte_receive(&t.uarte, (uint8_t)(i * 7));
    }
    CHECK(t.uarte.overruns == 3);
    while ((piece = uarte_take(&t.uarte, taken + count, sizeof taken - count)) > 0) {
        count += piece;
    }
    CHECK(count == sizeof taken);
    for (uint32_t i = 0; i < count; i++) {
        if (taken[i] != (uint8_t)(i * 7)) {
            CHECK(taken[i] == (uint8_t)(i * 7));
            return;
        }
    }
}

static void bytes_leave_at_the_lines_rate(void) {
    struct uarte_out out;
    uarte_start(&t.uarte, 1000000, true, 500);
    uarte_send(&t.uarte, (const uint8_t *)"ab", 2, 1000);
    CHECK(!uarte_left(&t.uarte, 10999, &out));
    CHECK(uarte_left(&t.uarte, 11000, &out) && out.byte == 'a');
    CHECK(!uarte_left(&t.uarte, 20999, &out) && uarte_left(&t.uarte, 21000, &out) && out.byte == 'b');
    CHECK(uarte_mismatch(115200, 230400) && uarte_mismatch(1000000, 921600) && !uarte_mismatch(115200, 115108));
}

int main(void) {
    bits_only_clear_and_a_word_takes_two_writes();
    only_whole_words_and_pages_inside();
    protected_range_faults_for_non_secure_code();
    planted_faults_hit_the_named_operation();
    cut_before_leaves_everything();
    interrupted_operations_leave_weak_cells();
    an_erase_cures_and_a_kill_counts_as_a_cut();
    two_buffers_then_the_fifo_then_overrun();
    bytes_leave_at_the_lines_rate();
    printf("test_nvmc: %d failures\n", t.failures);
    return t.failures == 0 ? 0 : 1;
}
