/*
 * Records out of the stream, into flash: SPEC.md section 6.2. One record at a time, one step per call:
 *
 *     AWAITED -> FILLING -> HASHING -> CHECKING -> (ERASING) -> PROGRAMMING -> durable, AWAITED
 *                              |
 *                              +-> digest differs: refused, AWAITED; flash untouched
 *
 * Anything else that goes wrong ends the upload. Bytes of the next page go on arriving in the ring meanwhile.
 */
#include "stream.h"

#include <string.h>

#include "bytes.h"
#include "flash.h"
#include "notice.h"
#include "plant.h"
#include "siphash.h"
#include "unpack.h"
#include "upload.h"

static void go(struct stub_session *s, enum stub_record_step step) {
    s->record.step = step;
    s->record.done = 0;
}

static bool failed(struct stub_session *s, uint8_t code) {
    if (code != STUB_OK) {
        stub_notice_failure(s, code, s->record.page);
    }
    return code != STUB_OK;
}

/* SPEC.md: a BLANK record has no bytes, all others 1 to pageSize; 65 536 of a RAW one are written as 0. */
static bool has_sound_length(const struct stub_session *s, const struct stub_record *r) {
    return r->kind == STUB_RECORD_BLANK ? r->length == 0 : r->length > 0 && r->length <= s->config.slot.page_size;
}

static bool is_deflated(const struct stub_record *r) {
    return r->kind >= STUB_RECORD_DEFLATE;
}

static void take_header(struct stub_session *s) {
    uint8_t header[STUB_RECORD_HEADER];
    struct stub_record *r = &s->record;
    stub_upload_consume(s, header, sizeof header);
    r->kind = header[0];
    r->flags = header[1];
    r->page = stub_get_le16(header + 2);
    r->length = stub_get_le16(header + 4);
    if (r->length == 0 && r->kind == STUB_RECORD_RAW) {
        r->length = 65536;
    }
    memcpy(r->digest, header + 6, STUB_DIGEST_SIZE);
    bool sound = r->kind <= STUB_RECORD_DEFLATE_DICTIONARY && (r->flags & ~STUB_RECORD_FORCE_ERASE) == 0 &&
                 r->page < s->upload.page_count && has_sound_length(s, r);
    if (!failed(s, sound ? STUB_OK : STUB_MALFORMED)) {
        go(s, STUB_RECORD_FILLING);
    }
}

/* The first count bytes of the page are in RAM. */
static void filled(struct stub_session *s, uint32_t count) {
    memset(s->config.memory.page + count, 0xFF, s->config.slot.page_size - count);
    stub_siphash_start(&s->record.sip, s->nonce);
    go(s, STUB_RECORD_HASHING);
}

static void fill(struct stub_session *s) {
    struct stub_record *r = &s->record;
    uint32_t produced;
    if (is_deflated(r)) {
        if (!failed(s, stub_unpack(s, &produced))) {
            filled(s, produced);
        }
    } else {
        r->done += stub_upload_consume(s, s->config.memory.page + r->done, r->length - r->done);
        if (r->done == r->length) {
            filled(s, r->length);
        }
    }
    stub_upload_raise_credit(s);
}

static void hash(struct stub_session *s) {
    struct stub_record *r = &s->record;
    uint8_t digest[STUB_DIGEST_SIZE];
    uint32_t n = stub_min32(STUB_HASH_SLICE, s->config.slot.page_size - r->done);
    stub_siphash_add(&r->sip, s->config.memory.page + r->done, n);
    s->counters.digested += n;
    r->done += n;
    if (r->done < s->config.slot.page_size) {
        return;
    }
    stub_siphash_end(&r->sip, digest);
    if (STUB_DIGEST_FITS(memcmp(digest, r->digest, STUB_DIGEST_SIZE) == 0)) {
        go(s, STUB_RECORD_CHECKING);
    } else {
        s->upload.refused++;
        s->outbox[STUB_OUT_STATUS] = true;
        go(s, STUB_RECORD_AWAITED);
    }
}

/* A slot that is pending is made harmless before its first page changes. */
static void check(struct stub_session *s) {
    bool blank = false;
    if (s->upload.slot_pending) {
        s->upload.slot_pending = failed(s, stub_flash_erase(s, stub_flash_trailer(s)));
        return;
    }
    bool forced = (s->record.flags & STUB_RECORD_FORCE_ERASE) != 0;
    uint8_t code = forced ? STUB_OK : stub_flash_is_blank(s, stub_flash_page(s, s->record.page), &blank);
    if (!failed(s, code)) {
        go(s, blank ? STUB_RECORD_PROGRAMMING : STUB_RECORD_ERASING);
    }
}

static void erase(struct stub_session *s) {
    if (!failed(s, stub_flash_erase(s, stub_flash_page(s, s->record.page)))) {
        go(s, STUB_RECORD_PROGRAMMING);
    }
}

static void program(struct stub_session *s) {
    struct stub_record *r = &s->record;
    uint32_t offset = stub_flash_page(s, r->page) + r->done;
    if (failed(s, stub_flash_program(s, offset, s->config.memory.page + r->done, STUB_PROGRAM_SLICE))) {
        return;
    }
    r->done += STUB_PROGRAM_SLICE;
    if (r->done == s->config.slot.page_size) {
        s->upload.durable++;
        s->outbox[STUB_OUT_STATUS] = true;
        stub_notice_event(s, STUB_EVENT_PAGE_DURABLE, STUB_OK, r->page);
        go(s, STUB_RECORD_AWAITED);
    }
}

bool stub_stream_has_work(const struct stub_session *s) {
    if (s->state != STUB_RECEIVING) {
        return false;
    }
    switch (s->record.step) {
    case STUB_RECORD_AWAITED:
        return stub_upload_available(s) >= STUB_RECORD_HEADER;
    case STUB_RECORD_FILLING:
        return is_deflated(&s->record) ? stub_upload_available(s) >= s->record.length
                                       : stub_upload_available(s) > 0 || s->record.done == s->record.length;
    default:
        return true;
    }
}

void stub_stream_step(struct stub_session *s) {
    switch (s->record.step) {
    case STUB_RECORD_AWAITED:
        take_header(s);
        break;
    case STUB_RECORD_FILLING:
        fill(s);
        break;
    case STUB_RECORD_HASHING:
        hash(s);
        break;
    case STUB_RECORD_CHECKING:
        check(s);
        break;
    case STUB_RECORD_ERASING:
        erase(s);
        break;
    case STUB_RECORD_PROGRAMMING:
        program(s);
        break;
    }
}

bool stub_stream_is_through(const struct stub_session *s) {
    return s->record.step == STUB_RECORD_AWAITED && stub_upload_available(s) == 0 && s->upload.stretch_count == 0;
}
