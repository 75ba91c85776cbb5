/*
 * The session: which frame means what now, and whose turn it is to work. protocol/SPEC.md sections 4, 5 and 7.
 *
 * Theory of operation. Frames are dealt with as they arrive, and only change memory: DATA goes into the ring, a request
 * is remembered, an answer is put into the outbox. Everything that asks the port (flash, MCUboot) is a step, one for
 * each tick, so that the line is served in between: first the answer to HELLO, then records and the request in turn. A
 * new HELLO forgets the old session's fields at once; since a step never leaves anything half done but flash, nothing
 * else needs to be undone.
 */
#include "stub/session.h"

#include <string.h>

#include "bytes.h"
#include "frame.h"
#include "message.h"
#include "modem.h"
#include "notice.h"
#include "rate.h"
#include "request.h"
#include "stream.h"
#include "stub/state.h"
#include "transmit.h"
#include "upload.h"
#include "wire.h"

/* In .rodata of every image with a stub: a host sees before the transfer that the new image will be able to answer. */
static const char MARKER[] = "DKLINK-STUB-V001";

void stub_session_init(struct stub_session *s, const struct stub_config *config, uint32_t now_ms) {
    memset(s, 0, sizeof *s);
    s->marker = MARKER;
    s->config = *config;
    s->now_ms = now_ms;
    stub_frame_receiver_init(&s->receiver, config->memory.frame, config->memory.frame_size);
    s->outbox[STUB_OUT_BOOTED] = true;
    stub_rate_init(s);
}

/* ---- sessions ---- */

/* Bytes of the session from one offset to another. */
static void forget(struct stub_session *s, size_t from, size_t to) {
    memset((uint8_t *)s + from, 0, to - from);
}

static void forget_session(struct stub_session *s) {
    forget(s, offsetof(struct stub_session, outbox) + STUB_OUT_IN_SESSION, offsetof(struct stub_session, config));
    forget(s, offsetof(struct stub_session, nonce), sizeof *s);
    s->transmitter.number = 0;
    stub_rate_forget(s);
}

static void take_hello(struct stub_session *s, const struct stub_message *m) {
    const uint8_t *nonce = m->fields + STUB_HELLO_NONCE;
    if (!s->open || memcmp(s->nonce, nonce, STUB_NONCE_SIZE) != 0) {
        forget_session(s);
        s->open = m->fields[STUB_HELLO_VERSION_MIN] <= STUB_PROTOCOL_VERSION &&
                  STUB_PROTOCOL_VERSION <= m->fields[STUB_HELLO_VERSION_MAX];
        s->version = s->open ? STUB_PROTOCOL_VERSION : 0;
        memcpy(s->nonce, nonce, STUB_NONCE_SIZE);
        s->id = m->session;
        s->last_number = (uint16_t)(m->number - 1u);
    }
    s->greeting = true;
}

/* The host is told of this start, so that it knows that its session is over; not more often than it can be of use. */
static void answer_stray(struct stub_session *s, uint16_t session) {
    if (s->strayed && s->now_ms - s->no_session_at_ms < STUB_NO_SESSION_INTERVAL_MS) {
        return;
    }
    s->strayed = true;
    s->no_session_at_ms = s->now_ms;
    s->stray = session;
    s->outbox[STUB_OUT_NO_SESSION] = true;
}

/* ---- frames ---- */

/*
 * Keeps lastNumber, and reports when frames were lost or a quarter of what the line holds has come unreported. False
 * for a frame that was here before.
 */
static bool note_number(struct stub_session *s, uint16_t number, uint16_t body_size) {
    uint16_t step = (uint16_t)(number - s->last_number);
    if (step != 1) {
        s->outbox[STUB_OUT_STATUS] = true;
    }
    if (step < 0x8000u) {
        s->last_number = number;
    }
    s->unreported = stub_add_saturating(s->unreported, STUB_FRAME_WIRE_SIZE((uint32_t)body_size));
    if (s->unreported >= s->config.line_capacity / 4) {
        s->outbox[STUB_OUT_STATUS] = true;
    }
    return step - 1u < 0x7FFFu;
}

static void take_in_session(struct stub_session *s, const struct stub_message *m, uint8_t code) {
    if (s->state == STUB_RESETTING && m->type != STUB_RESET) {
        return;
    }
    if (code != STUB_OK) {
        s->counters.malformed += code == STUB_MALFORMED;
        if (m->type != STUB_DATA && m->type != STUB_PING && m->type != STUB_PROBE) {
            stub_request_refuse(s, m, code);
        }
    } else if (m->type == STUB_DATA) {
        stub_upload_take(s, m);
    } else if (m->type == STUB_PING) {
        s->outbox[STUB_OUT_STATUS] = true;
    } else if (m->type == STUB_PROBE) {
        stub_rate_probed(s, m->fields[STUB_PROBE_INDEX]);
    } else {
        stub_request_take(s, m);
    }
}

/* A frame with a type of the stub's own is an echo of the line; to answer it would never end. */
static void take_frame(struct stub_session *s) {
    struct stub_message m;
    uint8_t code = stub_message_decode(s->receiver.body, s->receiver.count - STUB_BODY_CHECK, &m);
    s->counters.frames++;
    stub_rate_heard(s);
    if (m.type == STUB_HELLO) {
        if (code != STUB_OK) {
            s->counters.malformed++;
            return;
        }
        if (s->state == STUB_RESETTING) {
            return;
        }
        take_hello(s, &m);
    }
    if (m.type >= STUB_FROM_STUB) {
        s->counters.malformed++;
    } else if (!s->open || m.session != s->id) {
        if (m.type != STUB_HELLO) {
            answer_stray(s, m.session);
        }
    } else {
        bool fresh = note_number(s, m.number, s->receiver.count);
        if (m.type != STUB_HELLO && fresh) {
            take_in_session(s, &m, code);
        }
    }
}

void stub_session_receive(struct stub_session *s, const uint8_t *bytes, size_t count, uint32_t now_ms) {
    s->now_ms = now_ms;
    while (count > 0) {
        size_t block = stub_frame_receive_block(&s->receiver, bytes, count);
        bytes += block;
        count -= block;
        if (block > 0) {
            continue;
        }
        count--;
        enum stub_frame_result result = stub_frame_receive(&s->receiver, *bytes++);
        if (result == STUB_FRAME_GOOD) {
            take_frame(s);
        } else if (result != STUB_FRAME_MORE) {
            s->counters.damaged++;
        }
    }
}

/* ---- work ---- */

static void greet(struct stub_session *s) {
    const struct stub_port *port = s->config.port;
    if (port->boot_state(port->context, &s->boot) != 0) {
        s->boot = (struct stub_boot_state){STUB_RUNNING_UNKNOWN, STUB_SLOT_DIRTY};
    }
    stub_modem_look(s);
    s->greeting = false;
    s->outbox[STUB_OUT_WELCOME] = true;
    if (s->open && !s->greeted) {
        s->greeted = true;
        stub_notice_event(s, STUB_EVENT_SESSION_OPENED, STUB_OK, 0);
    }
}

static bool records_have_work(const struct stub_session *s) {
    return !stub_request_excludes_records(s) && stub_stream_has_work(s);
}

void stub_session_tick(struct stub_session *s, uint32_t now_ms) {
    s->now_ms = now_ms;
    bool records = records_have_work(s);
    bool request = stub_request_has_work(s);
    stub_rate_tick(s);
    if (s->greeting) {
        greet(s);
    } else if (records && (s->record_turn || !request)) {
        s->record_turn = false;
        stub_stream_step(s);
    } else if (request) {
        s->record_turn = true;
        stub_request_step(s);
    }
}

bool stub_session_deadline(const struct stub_session *s, uint32_t *at_ms) {
    if (s->greeting || records_have_work(s) || stub_request_has_work(s)) {
        *at_ms = s->now_ms;
        return true;
    }
    return stub_rate_deadline(s, at_ms);
}

/* ---- what comes out ---- */

size_t stub_session_transmit(struct stub_session *s, uint8_t *into, size_t capacity, uint32_t now_ms) {
    s->now_ms = now_ms;
    return stub_transmit(s, into, capacity);
}

bool stub_session_poll(struct stub_session *s, struct stub_event *event) {
    struct stub_events *events = &s->events;
    if (events->count == 0) {
        return false;
    }
    *event = events->queue[events->first];
    events->first = (uint8_t)((events->first + 1u) % STUB_EVENTS_MAX);
    events->count--;
    return true;
}

uint32_t stub_session_rate(const struct stub_session *s) {
    return s->rate.now;
}

struct stub_counters stub_session_counters(const struct stub_session *s) {
    return s->counters;
}
