#include "host.h"

#include "../check.h"
#include "bytes.h"
#include "crc32c.h"
#include "frame.h"
#include "siphash.h"
#include "wire.h"

void host_init(struct host *h, struct board *board, uint8_t seed) {
    host_attach(h, &board->session, &board->now_ms, seed);
}

void host_attach(struct host *h, struct stub_session *session, uint32_t *now_ms, uint8_t seed) {
    memset(h, 0, sizeof *h);
    h->session = session;
    h->now_ms = now_ms;
    for (unsigned i = 0; i < sizeof h->nonce; i++) {
        h->nonce[i] = (uint8_t)(seed + 17 * i);
    }
}

size_t host_frame(struct host *h, uint8_t *into, uint8_t type, const uint8_t *payload, size_t count) {
    size_t at = STUB_FRAME_BODY_AT(count + STUB_BODY_MIN);
    into[at] = type;
    memcpy(into + at + 1, h->nonce, 2);
    stub_put_le16(into + at + 3, h->number++);
    if (count > 0) {
        memcpy(into + at + STUB_BODY_HEADER, payload, count);
    }
    return stub_frame_seal(into, at, STUB_BODY_HEADER + count);
}

void host_give(struct host *h, const uint8_t *bytes, size_t count) {
    stub_session_receive(h->session, bytes, count, *h->now_ms);
}

static void keep(struct host *h, const struct stub_frame_receiver *r) {
    if (h->answer_count == HOST_ANSWERS) {
        memmove(h->answers, h->answers + 1, sizeof h->answers - sizeof h->answers[0]);
        h->answer_count--;
    }
    struct answer *a = &h->answers[h->answer_count++];
    a->type = r->body[0];
    a->session = stub_get_le16(r->body + 1);
    a->number = stub_get_le16(r->body + 3);
    a->count = (uint16_t)(r->count - STUB_BODY_MIN);
    CHECK(a->count <= sizeof a->payload);
    memcpy(a->payload, r->body + STUB_BODY_HEADER, a->count);
}

void host_collect(struct host *h) {
    uint8_t body[512];
    uint8_t wire[7]; /* small, so that frames come in pieces */
    struct stub_frame_receiver r;
    stub_frame_receiver_init(&r, body, sizeof body);
    for (size_t n; (n = stub_session_transmit(h->session, wire, sizeof wire, *h->now_ms)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            enum stub_frame_result result = stub_frame_receive(&r, wire[i]);
            CHECK(result == STUB_FRAME_MORE || result == STUB_FRAME_GOOD);
            if (result == STUB_FRAME_GOOD) {
                keep(h, &r);
            }
        }
    }
}

static bool is_due(const struct host *h) {
    uint32_t at;
    return stub_session_deadline(h->session, &at) && (int32_t)(*h->now_ms - at) >= 0;
}

static void run(struct host *h) {
    for (int i = 0; i < 10000; i++) {
        if (!is_due(h)) {
            return;
        }
        stub_session_tick(h->session, *h->now_ms);
        ++*h->now_ms;
    }
    CHECK(!"work that never ends");
}

void host_settle(struct host *h) {
    do {
        run(h);
        host_collect(h);
    } while (is_due(h));
}

void host_send(struct host *h, uint8_t type, const uint8_t *payload, size_t count) {
    uint8_t wire[8192];
    h->answer_count = 0;
    host_give(h, wire, host_frame(h, wire, type, payload, count));
    host_settle(h);
}

void host_hello(struct host *h) {
    uint8_t payload[10] = {1, 1};
    memcpy(payload + 2, h->nonce, sizeof h->nonce);
    host_send(h, STUB_HELLO, payload, sizeof payload);
}

int host_request(struct host *h, uint8_t type, const uint8_t *rest, size_t count) {
    uint8_t payload[128] = {++h->tag};
    if (count > 0) {
        memcpy(payload + 1, rest, count);
    }
    host_send(h, type, payload, count + 1);
    const struct answer *a = host_answer(h, STUB_REPLY);
    bool mine = a != NULL && a->count == 7 && a->payload[0] == h->tag && a->payload[1] == type;
    return mine ? a->payload[2] : -1;
}

int host_begin(struct host *h, uint8_t flags, uint32_t size, const uint8_t *sha256, const uint8_t *image_hash) {
    uint8_t rest[5 + 64] = {flags};
    stub_put_le32(rest + 1, size);
    memcpy(rest + 5, sha256, 32);
    memcpy(rest + 37, image_hash, 32);
    return host_request(h, STUB_BEGIN, rest, sizeof rest);
}

void host_stream(struct host *h, uint32_t offset, const uint8_t *bytes, size_t count) {
    uint8_t payload[4 + 1000];
    while (count > 0) {
        size_t n = count < 1000 ? count : 1000;
        stub_put_le32(payload, offset);
        memcpy(payload + 4, bytes, n);
        host_send(h, STUB_DATA, payload, 4 + n);
        offset += (uint32_t)n;
        bytes += n;
        count -= n;
    }
}

const struct answer *host_answer(const struct host *h, uint8_t type) {
    for (unsigned i = h->answer_count; i > 0; i--) {
        if (h->answers[i - 1].type == type) {
            return &h->answers[i - 1];
        }
    }
    return NULL;
}

struct status host_last_status(const struct host *h) {
    const struct answer *a = host_answer(h, STUB_STATUS);
    if (a == NULL) {
        return (struct status){0};
    }
    const uint8_t *p = a->payload;
    CHECK(a->count >= 22 && a->count == 22 + 8 * p[21]);
    return (struct status){.came = true,
                           .last_number = stub_get_le16(p),
                           .state = p[2],
                           .busy = p[3],
                           .code = p[4],
                           .page = stub_get_le16(p + 5),
                           .received = stub_get_le32(p + 7),
                           .credit = stub_get_le32(p + 11),
                           .durable = stub_get_le16(p + 15),
                           .refused = stub_get_le16(p + 17),
                           .erased = stub_get_le16(p + 19),
                           .ranges = p[21]};
}

struct status host_status(struct host *h) {
    host_send(h, STUB_PING, NULL, 0);
    CHECK(host_last_status(h).came);
    return host_last_status(h);
}

size_t host_record(const struct host *h, uint8_t *into, uint8_t flags, uint16_t page, const uint8_t *bytes,
                   uint32_t length) {
    struct stub_siphash sip;
    stub_siphash_start(&sip, h->nonce);
    stub_siphash_add(&sip, bytes, h->session->config.slot.page_size);
    into[0] = length == 0 ? STUB_RECORD_BLANK : STUB_RECORD_RAW;
    into[1] = flags;
    stub_put_le16(into + 2, page);
    stub_put_le16(into + 4, (uint16_t)length);
    stub_siphash_end(&sip, into + 6);
    memcpy(into + STUB_RECORD_HEADER, bytes, length);
    return STUB_RECORD_HEADER + length;
}
