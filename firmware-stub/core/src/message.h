#ifndef STUB_MESSAGE_H
#define STUB_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

/* A message of the host. Pointers lead into the frame it was decoded from. */
struct stub_message {
    uint8_t type;
    uint16_t session;
    uint16_t number;
    uint8_t tag; /* 0 where there is none */
    union {
        struct {
            uint8_t version_min;
            uint8_t version_max;
            const uint8_t *nonce;
        } hello;
        struct {
            uint16_t first;
            uint16_t count;
        } get_digests;
        struct {
            uint8_t flags;
            uint32_t image_size;
            const uint8_t *file_sha256;
            const uint8_t *image_hash;
        } begin;
        struct {
            uint32_t offset;
            const uint8_t *bytes;
            uint16_t count;
        } data;
        uint32_t rate;
        uint8_t probe; /* its index */
        struct {
            const uint8_t *boot_id;
            const uint8_t *hash; /* MARK, CONFIRM */
        } named;
    };
};

/*
 * Decodes a body without its check, at least the header. type, session, number and (where the payload has one) tag are
 * set in any case. Returns STUB_OK, STUB_UNSUPPORTED or STUB_MALFORMED.
 */
uint8_t stub_message_decode(const uint8_t *body, size_t count, struct stub_message *m);

/* A payload under construction. What does not fit is dropped, and the writer says so. */
struct stub_writer {
    uint8_t *at;
    uint8_t *end;
    bool overflow;
};

void stub_write_welcome(struct stub_writer *w, const struct stub_session *s);
void stub_write_status(struct stub_writer *w, const struct stub_session *s);
void stub_write_digests(struct stub_writer *w, const struct stub_request *request);
void stub_write_probed(struct stub_writer *w, const struct stub_rate *rate);
void stub_write_reply(struct stub_writer *w, const struct stub_reply *reply);
void stub_write_bytes(struct stub_writer *w, const uint8_t *bytes, size_t count);

#endif
