/* frames.vec: what the receiver makes of wire bytes, in every chunking and with damage around, and what the sender
 * makes of a frame. */
#include <stdio.h>
#include <string.h>

#include "../check.h"
#include "bytes.h"
#include "frame.h"
#include "stub/state.h"
#include "vectors.h"
#include "wire.h"

static const uint8_t NOISE[] = {0, 'n', 'o', 'i', 's', 'e', 0x80, 0xFF, 0, 0, 3, 0xAA, 0};

struct seen {
    unsigned good;
    unsigned faults;
    enum stub_frame_result fault; /* the last one */
    uint8_t body[STUB_BODY_MAX];
    uint16_t count;
};

static void feed(struct stub_frame_receiver *r, struct seen *seen, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        enum stub_frame_result result = stub_frame_receive(r, bytes[i]);
        if (result == STUB_FRAME_GOOD) {
            seen->good++;
            seen->count = r->count;
            memcpy(seen->body, r->body, r->count);
        } else if (result != STUB_FRAME_MORE) {
            seen->faults++;
            seen->fault = result;
        }
    }
}

/* Text is the host's business: here it is damage of whatever kind. */
static bool is_fault(enum stub_frame_result fault, const char *reason) {
    switch (fault) {
    case STUB_FRAME_LONG:
        return strcmp(reason, "TOO_LONG") == 0;
    case STUB_FRAME_COBS:
        return strcmp(reason, "COBS") == 0 || strcmp(reason, "TEXT") == 0;
    case STUB_FRAME_SHORT:
        return strcmp(reason, "TOO_SHORT") == 0 || strcmp(reason, "TEXT") == 0;
    default:
        return fault == STUB_FRAME_CHECK && (strcmp(reason, "CHECK") == 0 || strcmp(reason, "TEXT") == 0);
    }
}

/* The frame that the form describes, as a body without check; returns its length. */
static size_t body_of(const struct vector *v, uint8_t *body) {
    uint8_t header[5];
    char type[3] = {0};
    char session[5] = {0};
    char number[5] = {0};
    int at = 0;
    CHECK(sscanf(v->form, "%2s %4s %4s %n", type, session, number, &at) == 3 && at > 0);
    vector_hex(type, header, 1);
    vector_hex(session, header + 1, 2);
    vector_hex(number, header + 3, 2);
    const uint8_t swapped[5] = {header[0], header[2], header[1], header[4], header[3]};
    memcpy(body, swapped, sizeof swapped);
    return sizeof swapped + vector_hex(v->form + at, body + sizeof swapped, STUB_BODY_MAX - sizeof swapped);
}

static void check_encoding(const struct vector *v, const uint8_t *body, size_t count) {
    static uint8_t wire[STUB_FRAME_WIRE_SIZE(STUB_BODY_MAX)];
    const size_t at = STUB_FRAME_BODY_AT(count + STUB_BODY_CHECK);
    memcpy(wire + at, body, count);
    size_t length = stub_frame_seal(wire, at, count);
    CHECK(length <= STUB_FRAME_WIRE_SIZE(count + STUB_BODY_CHECK));
    if (strstr(v->name, "-loosely") == NULL) {
        CHECK_EQ(v->count, length);
        CHECK_BYTES(v->bytes, wire, v->count);
    }
}

static void check_seen(const struct vector *v, const struct seen *seen, unsigned other_faults) {
    static uint8_t body[STUB_BODY_MAX];
    CHECK_EQ(v->accept ? 1 : 0, seen->good);
    CHECK_EQ(other_faults + (v->accept ? 0 : 1), seen->faults);
    if (v->accept) {
        size_t count = body_of(v, body);
        CHECK_EQ(count + STUB_BODY_CHECK, seen->count);
        CHECK_BYTES(body, seen->body, count);
    }
}

static void check_alone(const struct vector *v) {
    static uint8_t buffer[STUB_BODY_MAX];
    static uint8_t body[STUB_BODY_MAX];
    static struct seen seen;
    struct stub_frame_receiver r;
    memset(&seen, 0, sizeof seen);
    stub_frame_receiver_init(&r, buffer, sizeof buffer);
    feed(&r, &seen, v->bytes, v->count);
    check_seen(v, &seen, 0);
    CHECK(v->accept || is_fault(seen.fault, v->reason));
    if (v->accept) {
        check_encoding(v, body, body_of(v, body));
    }
}

static void check_in_noise(const struct vector *v) {
    static uint8_t buffer[STUB_BODY_MAX];
    static struct seen seen;
    struct stub_frame_receiver r;
    memset(&seen, 0, sizeof seen);
    stub_frame_receiver_init(&r, buffer, sizeof buffer);
    feed(&r, &seen, NOISE, sizeof NOISE);
    feed(&r, &seen, v->bytes, v->count);
    feed(&r, &seen, NOISE, sizeof NOISE);
    check_seen(v, &seen, 4);
}

/* Through a whole session, split at every index (of a long wire at every 97th). */
static void check_split(const struct vector *v) {
    static struct stub_session session;
    static uint8_t ring[512];
    static uint8_t page[256];
    static uint8_t frame[STUB_BODY_MAX];
    const struct stub_config config = {.slot = {.size = 2048, .page_size = 256},
                                       .memory = {ring, sizeof ring, page, frame, sizeof frame}};
    for (size_t i = 0; i <= v->count; i += v->count > 1000 ? 97 : 1) {
        stub_session_init(&session, &config, UINT32_MAX - 100);
        stub_session_receive(&session, v->bytes, i, UINT32_MAX - 100);
        stub_session_receive(&session, v->bytes + i, v->count - i, 5);
        struct stub_counters counters = stub_session_counters(&session);
        CHECK_EQ(v->accept ? 1 : 0, counters.frames);
        CHECK_EQ(v->accept ? 0 : 1, counters.damaged);
    }
}

/* Each byte in a call of its own. */
static void check_bytewise(const struct vector *v) {
    static uint8_t buffer[STUB_BODY_MAX];
    static struct seen seen;
    struct stub_frame_receiver r;
    memset(&seen, 0, sizeof seen);
    stub_frame_receiver_init(&r, buffer, sizeof buffer);
    for (size_t i = 0; i < v->count; i++) {
        feed(&r, &seen, v->bytes + i, 1);
    }
    check_seen(v, &seen, 0);
}

void check_frame_vector(const struct vector *v) {
    check_alone(v);
    check_in_noise(v);
    check_bytewise(v);
    check_split(v);
}
