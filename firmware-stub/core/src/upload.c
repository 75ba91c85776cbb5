/*
 * The stream: DATA goes into the ring in any order, comes out in order; SPEC.md sections 6.3 and 6.4. Knows offsets,
 * not what the bytes mean. All comparisons of offsets are plain: nothing passes the credit, and the credit stops at
 * 2^32 - 1.
 */
#include "upload.h"

#include <string.h>

#include "bytes.h"
#include "notice.h"
#include "plant.h"

void stub_upload_open(struct stub_session *s, uint32_t image_size, const uint8_t file_sha256[STUB_HASH_SIZE]) {
    const uint32_t page_size = s->config.slot.page_size;
    struct stub_upload *u = &s->upload;
    memset(u, 0, sizeof *u);
    u->image_size = image_size;
    u->page_count = image_size / page_size + (image_size % page_size != 0);
    memcpy(u->file_sha256, file_sha256, STUB_HASH_SIZE);
    memset(&s->record, 0, sizeof s->record);
    stub_upload_raise_credit(s);
}

void stub_upload_raise_credit(struct stub_session *s) {
    struct stub_upload *u = &s->upload;
    const struct stub_config *config = &s->config;
    uint32_t held = stub_add_saturating(STUB_CREDIT_BASE(u->consumed, u->parked), config->memory.ring_size);
    uint32_t credit = stub_min32(held, stub_add_saturating(u->received, config->line_capacity));
    if (credit > u->credit) {
        u->credit = credit;
    }
    if (u->credit - u->credit_told >= config->memory.ring_size / 4) {
        s->outbox[STUB_OUT_STATUS] = true;
    }
}

static void copy_in(struct stub_session *s, uint32_t offset, const uint8_t *bytes, uint32_t count) {
    const struct stub_memory *memory = &s->config.memory;
    uint32_t at = offset & (memory->ring_size - 1);
    uint32_t before_wrap = stub_min32(count, memory->ring_size - at);
    memcpy(memory->ring + at, bytes, before_wrap);
    memcpy(memory->ring, bytes + before_wrap, count - before_wrap);
}

static bool is_there(const struct stub_upload *u, uint32_t start, uint32_t end) {
    for (unsigned i = 0; i < u->stretch_count; i++) {
        if (u->stretch[i].start <= start && end <= u->stretch[i].end) {
            return true;
        }
    }
    return end <= u->received;
}

/* Adds a stretch, joining those that it touches; the array has room for one more than is kept. */
static void join(struct stub_upload *u, uint32_t start, uint32_t end) {
    unsigned from = 0;
    while (from < u->stretch_count && u->stretch[from].end < start) {
        from++;
    }
    unsigned to = from;
    while (to < u->stretch_count && u->stretch[to].start <= end) {
        to++;
    }
    if (to > from) {
        start = stub_min32(start, u->stretch[from].start);
        end = end > u->stretch[to - 1].end ? end : u->stretch[to - 1].end;
    }
    memmove(&u->stretch[from + 1], &u->stretch[to], (u->stretch_count - to) * sizeof u->stretch[0]);
    u->stretch[from] = (struct stub_stretch){start, end};
    u->stretch_count = (uint8_t)(u->stretch_count + 1 - (to - from));
}

/* True if one stretch more could not be remembered: eight are there, and this one neither touches one nor is next. */
static bool is_one_too_many(const struct stub_upload *u, uint32_t start, uint32_t end) {
    if (u->stretch_count < STUB_RANGES_MAX || start <= u->received) {
        return false;
    }
    for (unsigned i = 0; i < u->stretch_count; i++) {
        if (u->stretch[i].start <= end && start <= u->stretch[i].end) {
            return false;
        }
    }
    return true;
}

static void advance(struct stub_upload *u) {
    if (u->stretch_count > 0 && u->stretch[0].start <= u->received) {
        u->received = u->stretch[0].end;
        u->stretch_count--;
        memmove(&u->stretch[0], &u->stretch[1], u->stretch_count * sizeof u->stretch[0]);
    }
}

static void store(struct stub_session *s, uint32_t start, const uint8_t *bytes, uint32_t count) {
    struct stub_upload *u = &s->upload;
    if (start < u->received) {
        bytes += u->received - start;
        count -= u->received - start;
        start = u->received;
    }
    bool gaps = u->stretch_count > 0;
    u->parked += start > u->received ? count : 0;
    copy_in(s, start, bytes, count);
    join(u, start, start + count);
    advance(u);
    if (gaps || u->stretch_count > 0) {
        s->outbox[STUB_OUT_STATUS] = true;
    }
    if (s->state == STUB_VERIFIED) {
        stub_notice_state(s, STUB_RECEIVING);
    }
    stub_upload_raise_credit(s);
}

/* The host is told at once, so that it does not find out by a time-out. */
static void drop(struct stub_session *s) {
    s->counters.dropped++;
    s->outbox[STUB_OUT_STATUS] = true;
}

void stub_upload_take(struct stub_session *s, const struct stub_message *m) {
    const struct stub_upload *u = &s->upload;
    uint32_t start = stub_get_le32(m->fields + STUB_DATA_OFFSET);
    uint32_t count = m->count - (uint32_t)STUB_DATA_BYTES;
    if (s->state != STUB_RECEIVING && s->state != STUB_VERIFIED) {
        drop(s);
    } else if (start > u->credit || count > u->credit - start) {
        drop(s);
    } else if (is_there(u, start, start + count)) {
        s->counters.duplicates++;
    } else if (is_one_too_many(u, start, start + count)) {
        drop(s);
    } else {
        store(s, start, m->fields + STUB_DATA_BYTES, count);
    }
}

uint32_t stub_upload_available(const struct stub_session *s) {
    return s->upload.received - s->upload.consumed;
}

uint32_t stub_upload_consume(struct stub_session *s, uint8_t *into, uint32_t count) {
    const struct stub_memory *memory = &s->config.memory;
    uint32_t n = stub_min32(count, stub_upload_available(s));
    uint32_t at = s->upload.consumed & (memory->ring_size - 1);
    uint32_t before_wrap = stub_min32(n, memory->ring_size - at);
    memcpy(into, memory->ring + at, before_wrap);
    memcpy(into + before_wrap, memory->ring, n - before_wrap);
    s->upload.consumed += n;
    return n;
}

struct stub_deflated stub_upload_consume_in_place(struct stub_session *s, uint32_t count) {
    uint32_t at = s->upload.consumed;
    s->upload.consumed += count;
    return (struct stub_deflated){s->config.memory.ring, s->config.memory.ring_size, at, at + count};
}
