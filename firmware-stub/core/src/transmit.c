/*
 * From what waits in the outbox to wire bytes, one frame at a time. A frame is built when the one before has been
 * handed out whole, so that it says what is true then.
 */
#include "transmit.h"

#include <string.h>

#include "bytes.h"
#include "frame.h"
#include "message.h"
#include "notice.h"
#include "rate.h"
#include "upload.h"

/* Nothing is longer than WELCOME. */
#define BODY_MAX (STUB_BODY_MIN + STUB_WELCOME_MAX)
#define BODY_AT STUB_FRAME_BODY_AT(BODY_MAX)

_Static_assert(STUB_FRAME_WIRE_SIZE(BODY_MAX) <= STUB_TRANSMIT_SIZE, "the longest message fits");
_Static_assert(STUB_DIGESTS_SIZE == STUB_DIGESTS_MAX * STUB_DIGEST_SIZE, "a batch is one message");

static struct stub_writer open_frame(struct stub_transmitter *t, uint8_t type, uint16_t session, uint16_t number) {
    uint8_t *body = t->wire + BODY_AT;
    body[0] = type;
    stub_put_le16(body + 1, session);
    stub_put_le16(body + 3, number);
    return (struct stub_writer){.at = body + STUB_BODY_HEADER, .end = t->wire + sizeof t->wire - STUB_BODY_CHECK};
}

static void seal(struct stub_transmitter *t, const struct stub_writer *w) {
    size_t count = (size_t)(w->at - (t->wire + BODY_AT));
    t->length = (uint16_t)stub_frame_seal(t->wire, BODY_AT, count);
    t->sent = 0;
}

/* Not through a table of functions, so that the compiler's call graph knows the stack. */
static void write_payload(struct stub_writer *w, const struct stub_session *s, enum stub_out out) {
    switch (out) {
    case STUB_OUT_BOOTED:
    case STUB_OUT_NO_SESSION:
        stub_write_bytes(w, s->config.boot_id, STUB_BOOT_ID_SIZE);
        break;
    case STUB_OUT_WELCOME:
        stub_write_welcome(w, s);
        break;
    case STUB_OUT_DIGESTS:
        stub_write_digests(w, s);
        break;
    case STUB_OUT_PROBED:
        stub_write_probed(w, s);
        break;
    case STUB_OUT_STATUS:
        stub_write_status(w, s);
        break;
    default:
        stub_write_reply(w, out == STUB_OUT_REPLY ? &s->answered : &s->refused);
        break;
    }
}

/* BOOTED and NO_SESSION belong to no session of ours, and are not counted. */
static struct stub_writer open_for(struct stub_session *s, enum stub_out out) {
    static const uint8_t TYPES[STUB_OUTBOX] = {STUB_BOOTED, STUB_NO_SESSION, STUB_WELCOME, STUB_DIGESTS,
                                               STUB_REPLY,  STUB_REPLY,      STUB_PROBED,  STUB_STATUS};
    struct stub_transmitter *t = &s->transmitter;
    if (out < STUB_OUT_IN_SESSION) {
        return open_frame(t, TYPES[out], out == STUB_OUT_BOOTED ? 0 : s->stray, 0);
    }
    return open_frame(t, TYPES[out], s->id, t->number++);
}

static void build(struct stub_session *s, enum stub_out out) {
    struct stub_transmitter *t = &s->transmitter;
    struct stub_writer w = open_for(s, out);
    write_payload(&w, s, out);
    seal(t, &w);
    if (out == STUB_OUT_STATUS) {
        s->upload.credit_told = s->upload.credit;
        s->unreported = 0;
    } else if (out == STUB_OUT_REPLY) {
        t->ends_in_reset = s->state == STUB_RESETTING;
        t->ends_in_rate = s->rate.next != 0;
    }
}

static bool take(bool *flag) {
    bool was = *flag;
    *flag = false;
    return was;
}

/* Builds the next frame; false if nothing waits. */
static bool build_next(struct stub_session *s) {
    for (unsigned out = 0; out < STUB_OUTBOX; out++) {
        if (take(&s->outbox[out])) {
            build(s, (enum stub_out)out);
            return true;
        }
    }
    return false;
}

static size_t hand_out(struct stub_session *s, uint8_t *into, size_t capacity) {
    struct stub_transmitter *t = &s->transmitter;
    size_t left = (size_t)(t->length - t->sent);
    size_t n = left < capacity ? left : capacity;
    memcpy(into, t->wire + t->sent, n);
    t->sent = (uint16_t)(t->sent + n);
    if (t->sent == t->length && take(&t->ends_in_reset)) {
        stub_notice_event(s, STUB_EVENT_RESET, STUB_OK, 0);
    }
    if (t->sent == t->length && take(&t->ends_in_rate)) {
        stub_rate_change(s);
    }
    return n;
}

size_t stub_transmit(struct stub_session *s, uint8_t *into, size_t capacity) {
    const struct stub_transmitter *t = &s->transmitter;
    size_t count = 0;
    while (count < capacity && (t->sent < t->length || build_next(s))) {
        count += hand_out(s, into + count, capacity - count);
    }
    return count;
}
