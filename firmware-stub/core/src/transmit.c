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

/* WELCOME with three strings of 32 and eight ranges; nothing else is longer. */
#define WELCOME_MAX                                                                                                    \
    (1 + STUB_NONCE_SIZE + STUB_BOOT_ID_SIZE + 4 + 6 + 3 * (2 + STUB_STRING_MAX) + 10 + 35 + 25 + 14 + 2 +             \
     8 * STUB_READABLE_MAX + 3 + 3 + 2 + 4 * STUB_RATES_MAX + 6 + 16)
#define BODY_MAX (STUB_BODY_MIN + WELCOME_MAX)
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

/* BOOTED and NO_SESSION belong to no session of ours, and are not counted. */
static void build_boot_id(struct stub_session *s, uint8_t type, uint16_t session) {
    struct stub_writer w = open_frame(&s->transmitter, type, session, 0);
    stub_write_bytes(&w, s->config.boot_id, STUB_BOOT_ID_SIZE);
    seal(&s->transmitter, &w);
}

static struct stub_writer open_in_session(struct stub_session *s, uint8_t type) {
    return open_frame(&s->transmitter, type, s->id, s->transmitter.number++);
}

static void build_welcome(struct stub_session *s) {
    struct stub_writer w = open_in_session(s, STUB_WELCOME);
    stub_write_welcome(&w, s);
    seal(&s->transmitter, &w);
}

static void build_digests(struct stub_session *s) {
    struct stub_writer w = open_in_session(s, STUB_DIGESTS);
    stub_write_digests(&w, &s->request);
    seal(&s->transmitter, &w);
}

static void build_reply(struct stub_session *s, const struct stub_reply *reply) {
    struct stub_writer w = open_in_session(s, STUB_REPLY);
    stub_write_reply(&w, reply);
    seal(&s->transmitter, &w);
}

static void build_probed(struct stub_session *s) {
    struct stub_writer w = open_in_session(s, STUB_PROBED);
    stub_write_probed(&w, &s->rate);
    seal(&s->transmitter, &w);
}

static void build_status(struct stub_session *s) {
    struct stub_writer w = open_in_session(s, STUB_STATUS);
    stub_write_status(&w, s);
    seal(&s->transmitter, &w);
    s->upload.credit_told = s->upload.credit;
    s->unreported = 0;
}

static bool take(bool *flag) {
    bool was = *flag;
    *flag = false;
    return was;
}

/* Builds the next frame; false if nothing waits. */
static bool build(struct stub_session *s) {
    struct stub_outbox *outbox = &s->outbox;
    if (take(&s->notices.booted)) {
        build_boot_id(s, STUB_BOOTED, 0);
    } else if (take(&s->notices.no_session)) {
        build_boot_id(s, STUB_NO_SESSION, s->notices.stray);
    } else if (take(&outbox->welcome)) {
        build_welcome(s);
    } else if (take(&outbox->digests)) {
        build_digests(s);
    } else if (take(&outbox->reply)) {
        build_reply(s, &s->answered);
        s->transmitter.ends_in_reset = s->state == STUB_RESETTING;
        s->transmitter.ends_in_rate = s->rate.next != 0;
    } else if (take(&outbox->refusal)) {
        build_reply(s, &s->refused);
    } else if (take(&outbox->probed)) {
        build_probed(s);
    } else if (take(&outbox->status)) {
        build_status(s);
    } else {
        return false;
    }
    return true;
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
    while (count < capacity && (t->sent < t->length || build(s))) {
        count += hand_out(s, into + count, capacity - count);
    }
    return count;
}
