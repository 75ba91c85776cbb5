/*
 * A scripted host on a clean line: sends one message, runs the board until nothing is due, keeps what came back. It has
 * no opinion about what is right; the tests have.
 */
#ifndef STUB_TESTS_HOST_H
#define STUB_TESTS_HOST_H

#include "board.h"

#define HOST_ANSWERS 64

struct answer {
    uint8_t type;
    uint16_t session;
    uint16_t number;
    uint16_t count; /* of payload */
    uint8_t payload[320];
};

struct host {
    struct stub_session *session;
    uint32_t *now_ms; /* the session's clock; the host lets it pass while the session works */
    uint8_t nonce[8];
    uint16_t number;
    uint8_t tag;
    struct answer answers[HOST_ANSWERS]; /* to the last exchange */
    unsigned answer_count;
};

void host_init(struct host *h, struct board *board, uint8_t seed);
/* The same for a session on any platform. */
void host_attach(struct host *h, struct stub_session *session, uint32_t *now_ms, uint8_t seed);

/* Wire bytes of one frame, number counted; returns how many. into holds 8192. */
size_t host_frame(struct host *h, uint8_t *into, uint8_t type, const uint8_t *payload, size_t count);
/* Gives bytes to the board without letting it work. */
void host_give(struct host *h, const uint8_t *bytes, size_t count);
/* Collects what the board wants to send, in addition to what is there. */
void host_collect(struct host *h);
/* Lets the board work until nothing is due and nothing to send. */
void host_settle(struct host *h);
/* Frame, give, settle; forgets older answers first. */
void host_send(struct host *h, uint8_t type, const uint8_t *payload, size_t count);

/* HELLO, with the nonce in use. */
void host_hello(struct host *h);
/* A request with a new tag and these bytes after it; returns the code of its REPLY, or -1 without one. */
int host_request(struct host *h, uint8_t type, const uint8_t *rest, size_t count);
int host_begin(struct host *h, uint8_t flags, uint32_t size, const uint8_t *sha256, const uint8_t *image_hash);
/* Sends DATA in fragments of at most 1000 bytes. */
void host_stream(struct host *h, uint32_t offset, const uint8_t *bytes, size_t count);

/* The newest answer of a type, NULL if there was none. */
const struct answer *host_answer(const struct host *h, uint8_t type);

/* STATUS by field. */
struct status {
    bool came;
    uint16_t last_number;
    uint8_t state;
    uint8_t busy;
    uint8_t code;
    uint16_t page;
    uint32_t received;
    uint32_t credit;
    uint16_t durable;
    uint16_t refused;
    uint16_t erased;
    uint8_t ranges;
};

/* The newest STATUS among the answers, zero if there was none. */
struct status host_last_status(const struct host *h);
/* PINGs and decodes. */
struct status host_status(struct host *h);

/* Writes a record with the first length bytes of a page (0: BLANK) into into, returns its size. bytes are the whole
 * page. */
size_t host_record(const struct host *h, uint8_t *into, uint8_t flags, uint16_t page, const uint8_t *bytes,
                   uint32_t length);

#endif
