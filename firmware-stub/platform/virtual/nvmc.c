#include "nvmc.h"

#include <stdatomic.h>
#include <string.h>

#define META_MAGIC 0x314d564eu /* "NVM1" */
#define PROGRAM_STEP 128u      /* bytes that are marked as under way at a time: 32 words, 1.4 ms */

enum { BUSY_NOTHING = 0, BUSY_ERASE = 1, BUSY_PROGRAM = 2 };

/* A kill must find the mark set before the first cell changes and cleared after the last one: no reordering. */
static void mark_busy(struct nvmc *flash, uint32_t kind) {
    atomic_signal_fence(memory_order_seq_cst);
    flash->meta->busy_kind = kind;
    atomic_signal_fence(memory_order_seq_cst);
}

static uint32_t next_random(struct nvmc *flash) {
    uint32_t x = flash->meta->random;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    flash->meta->random = x;
    return x;
}

static uint32_t word_at(const struct nvmc *flash, uint32_t address) {
    const uint8_t *b = flash->bytes + address;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void put_word(struct nvmc *flash, uint32_t address, uint32_t value) {
    for (uint32_t i = 0; i < 4; i++) {
        flash->bytes[address + i] = (uint8_t)(value >> (8 * i));
    }
}

static unsigned writes_of(const struct nvmc *flash, uint32_t address) {
    uint32_t word = address / 4;
    return ((unsigned)flash->meta->writes[word / 4] >> (2 * (word % 4))) & 3u;
}

static void count_write(struct nvmc *flash, uint32_t address) {
    uint32_t word = address / 4;
    unsigned shift = 2 * (word % 4);
    unsigned writes = writes_of(flash, address);
    if (writes < 3) {
        uint8_t *cell = &flash->meta->writes[word / 4];
        *cell = (uint8_t)((*cell & ~(3u << shift)) | ((writes + 1) << shift));
    }
}

/* Remembers weak cells; when the table is full the oldest entry gives way. */
static void weaken(struct nvmc *flash, uint32_t address, uint32_t count, bool was_erase) {
    struct nvmc_weak *entry = &flash->meta->weak[0];
    for (uint32_t i = 0; i < NVMC_WEAK_MAX; i++) {
        if (flash->meta->weak[i].count == 0) {
            entry = &flash->meta->weak[i];
            break;
        }
    }
    entry->address = address;
    entry->count = count;
    entry->boots = 1 + next_random(flash) % 2;
    entry->was_erase = was_erase;
}

static void cure_page(struct nvmc *flash, uint32_t page) {
    for (uint32_t i = 0; i < NVMC_WEAK_MAX; i++) {
        struct nvmc_weak *entry = &flash->meta->weak[i];
        if (entry->count != 0 && entry->address / NVMC_PAGE == page / NVMC_PAGE) {
            entry->count = 0;
        }
    }
}

/* An erase that was cut short: cells drift towards 1, all of them, some of them or hardly any. */
static void erase_partly(struct nvmc *flash, uint32_t page) {
    uint32_t outcome = next_random(flash) % 3;
    for (uint32_t at = page; at < page + NVMC_PAGE; at += 4) {
        uint32_t drift = outcome == 0 ? 0xffffffffu : outcome == 1 ? 0u : next_random(flash);
        put_word(flash, at, word_at(flash, at) | drift);
    }
    weaken(flash, page, NVMC_PAGE, true);
}

/* A program that was cut short: the word under the pulse reads old, new or between. */
static void program_partly(struct nvmc *flash, uint32_t address, uint32_t value) {
    uint32_t outcome = next_random(flash) % 3;
    uint32_t keep = outcome == 0 ? 0u : outcome == 1 ? 0xffffffffu : next_random(flash);
    put_word(flash, address, word_at(flash, address) & (value | keep));
    count_write(flash, address);
    weaken(flash, address, 4, false);
}

/* A killed process left an operation under way: do to the cells what a power cut would have done. */
static void finish_interrupted(struct nvmc *flash) {
    struct nvmc_meta *meta = flash->meta;
    if (meta->busy_kind == BUSY_ERASE && meta->busy_address <= NVMC_SIZE - NVMC_PAGE) {
        erase_partly(flash, meta->busy_address);
    } else if (meta->busy_kind == BUSY_PROGRAM && meta->busy_address <= NVMC_SIZE - meta->busy_count) {
        weaken(flash, meta->busy_address, meta->busy_count, false);
    }
    meta->busy_kind = BUSY_NOTHING;
}

void nvmc_open(struct nvmc *flash, uint8_t *bytes, struct nvmc_meta *meta, uint32_t seed) {
    memset(flash, 0, sizeof *flash);
    flash->bytes = bytes;
    flash->meta = meta;
    if (meta->magic != META_MAGIC) {
        memset(meta, 0, sizeof *meta);
        meta->magic = META_MAGIC;
    }
    if (seed != 0 || meta->random == 0) {
        meta->random = seed != 0 ? seed : 0x9e3779b9u;
    }
    finish_interrupted(flash);
}

static void show_weakness(struct nvmc *flash, struct nvmc_weak *entry) {
    uint32_t to = entry->address + entry->count;
    for (uint32_t at = entry->address; at < to && at <= NVMC_SIZE - 4; at += 4) {
        uint32_t hit = next_random(flash);
        if (entry->was_erase && hit % 16 != 0 && entry->count > 4) {
            continue; /* some words of a page, not all */
        }
        uint32_t bits = next_random(flash) & next_random(flash);
        uint32_t word = word_at(flash, at);
        put_word(flash, at, entry->was_erase ? word & ~bits : word | bits);
    }
    entry->count = 0;
}

void nvmc_power_cycle(struct nvmc *flash) {
    flash->secure = false;
    for (uint32_t i = 0; i < NVMC_WEAK_MAX; i++) {
        struct nvmc_weak *entry = &flash->meta->weak[i];
        if (entry->count == 0) {
            continue;
        }
        if (entry->boots > 0) {
            entry->boots--;
        } else {
            show_weakness(flash, entry);
        }
    }
}

static enum nvmc_status fault(struct nvmc *flash, enum nvmc_fault_kind kind, uint32_t address) {
    if (flash->hooks.fault != NULL) {
        flash->hooks.fault(flash->hooks.context, kind, address);
    }
    return NVMC_FAULT;
}

static void keep_busy(struct nvmc *flash, uint32_t microseconds) {
    if (flash->hooks.busy != NULL) {
        flash->hooks.busy(flash->hooks.context, microseconds);
    }
}

static void cut_power(struct nvmc *flash) {
    flash->plan.cut_at = 0;
    flash->meta->busy_kind = BUSY_NOTHING;
    if (flash->hooks.power_cut != NULL) {
        flash->hooks.power_cut(flash->hooks.context);
    }
}

static bool out_of_range(uint32_t address, size_t count) {
    return address > NVMC_SIZE || count > NVMC_SIZE - address;
}

static void apply_stuck_bits(const struct nvmc *flash, uint32_t address, uint8_t *into, size_t count) {
    const struct nvmc_plan *plan = &flash->plan;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t at = plan->stuck_word + i;
        if (at >= address && at - address < count) {
            uint8_t *byte = &into[at - address];
            *byte = (uint8_t)((*byte | plan->stuck_ones >> (8 * i)) & ~(plan->stuck_zeros >> (8 * i)));
        }
    }
}

enum nvmc_status nvmc_read(struct nvmc *flash, uint32_t address, void *into, size_t count) {
    if (out_of_range(address, count)) {
        return fault(flash, NVMC_FAULT_RANGE, address);
    }
    bool touches = address < flash->protected_to && address + count > flash->protected_from;
    if (!flash->secure && flash->protected_from < flash->protected_to && touches) {
        return fault(flash, NVMC_FAULT_PROTECTED_READ, address);
    }
    memcpy(into, flash->bytes + address, count);
    if ((flash->plan.stuck_zeros | flash->plan.stuck_ones) != 0) {
        apply_stuck_bits(flash, address, into, count);
    }
    return NVMC_OK;
}

enum planned { DO_IT, DO_NOTHING, REPORT_ERROR, CUT_HALFWAY };

/* Counts the operation and says what is planned for it; a cut before it does not return. */
static enum planned begin_operation(struct nvmc *flash) {
    struct nvmc_plan *plan = &flash->plan;
    flash->operations++;
    if (plan->cut_at == flash->operations) {
        if (plan->cut_halfway) {
            return CUT_HALFWAY;
        }
        cut_power(flash);
    }
    if (plan->fail_from != 0 && flash->operations >= plan->fail_from &&
        flash->operations - plan->fail_from < plan->fail_count) {
        return REPORT_ERROR;
    }
    return plan->silent_at == flash->operations ? DO_NOTHING : DO_IT;
}

static void program_word(struct nvmc *flash, uint32_t address, const uint8_t *bytes) {
    if (word_at(flash, address) != 0xffffffffu) {
        flash->words_overwritten++;
    }
    for (uint32_t i = 0; i < 4; i++) {
        flash->bytes[address + i] &= bytes[i];
    }
    count_write(flash, address);
}

static enum nvmc_status check_program(struct nvmc *flash, uint32_t address, size_t count) {
    if (out_of_range(address, count)) {
        return fault(flash, NVMC_FAULT_RANGE, address);
    }
    if (address % 4 != 0 || count % 4 != 0) {
        return fault(flash, NVMC_FAULT_ALIGNMENT, address);
    }
    for (uint32_t at = address; !flash->secure && at < address + count; at += 4) {
        if (writes_of(flash, at) >= 2) {
            return fault(flash, NVMC_FAULT_THIRD_WRITE, at);
        }
    }
    return NVMC_OK;
}

static uint32_t value_of(const uint8_t *b) {
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Words of one step; the marks let a kill at any moment look like a power cut. */
static void program_step(struct nvmc *flash, uint32_t address, const uint8_t *bytes, uint32_t count) {
    flash->meta->busy_address = address;
    flash->meta->busy_count = count;
    mark_busy(flash, BUSY_PROGRAM);
    keep_busy(flash, count / 4 * NVMC_WORD_US);
    for (uint32_t i = 0; i < count; i += 4) {
        program_word(flash, address + i, bytes + i);
    }
    mark_busy(flash, BUSY_NOTHING);
}

enum nvmc_status nvmc_program(struct nvmc *flash, uint32_t address, const void *bytes, size_t count) {
    const uint8_t *from = bytes;
    enum nvmc_status status = check_program(flash, address, count);
    if (status != NVMC_OK || count == 0) {
        return status;
    }
    enum planned planned = begin_operation(flash);
    if (planned == REPORT_ERROR || planned == DO_NOTHING) {
        keep_busy(flash, (uint32_t)(count / 4) * NVMC_WORD_US);
        return planned == DO_NOTHING ? NVMC_OK : NVMC_FAILED;
    }
    uint32_t whole = (uint32_t)count;
    uint32_t to = planned == CUT_HALFWAY ? whole / 8 * 4 : whole;
    for (uint32_t i = 0; i < to; i += PROGRAM_STEP) {
        program_step(flash, address + i, from + i, to - i < PROGRAM_STEP ? to - i : PROGRAM_STEP);
    }
    if (planned == CUT_HALFWAY) {
        program_partly(flash, address + to, value_of(from + to));
        cut_power(flash);
    }
    return NVMC_OK;
}

static void erase_whole(struct nvmc *flash, uint32_t page) {
    flash->meta->busy_address = page;
    mark_busy(flash, BUSY_ERASE);
    keep_busy(flash, NVMC_ERASE_US);
    memset(flash->bytes + page, 0xff, NVMC_PAGE);
    memset(flash->meta->writes + page / 16, 0, NVMC_PAGE / 16);
    cure_page(flash, page);
    mark_busy(flash, BUSY_NOTHING);
}

enum nvmc_status nvmc_erase(struct nvmc *flash, uint32_t address) {
    if (out_of_range(address, NVMC_PAGE)) {
        return fault(flash, NVMC_FAULT_RANGE, address);
    }
    if (address % NVMC_PAGE != 0) {
        return fault(flash, NVMC_FAULT_ALIGNMENT, address);
    }
    enum planned planned = begin_operation(flash);
    if (planned == REPORT_ERROR || planned == DO_NOTHING) {
        keep_busy(flash, NVMC_ERASE_US);
        return planned == DO_NOTHING ? NVMC_OK : NVMC_FAILED;
    }
    if (planned == CUT_HALFWAY) {
        keep_busy(flash, NVMC_ERASE_US / 2);
        erase_partly(flash, address);
        cut_power(flash);
        return NVMC_OK;
    }
    erase_whole(flash, address);
    return NVMC_OK;
}

void nvmc_place(struct nvmc *flash, uint32_t address, const void *bytes, size_t count) {
    if (!out_of_range(address, count)) {
        memcpy(flash->bytes + address, bytes, count);
    }
}
