#ifndef STUB_MESSAGE_H
#define STUB_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

/*
 * A message of the host. fields is its payload behind the tag, as SPEC.md section 3 lists them: there are as many bytes
 * as the message has at least, the few values that are not legal are not among them, and they lie in the frame.
 */
struct stub_message {
    uint8_t type;
    uint8_t tag; /* 0 where there is none */
    uint16_t session;
    uint16_t number;
    uint16_t count; /* of fields */
    const uint8_t *fields;
};

/* Where the fields begin. */
enum stub_field {
    STUB_HELLO_VERSION_MIN = 0,
    STUB_HELLO_VERSION_MAX = 1,
    STUB_HELLO_NONCE = 2,
    STUB_HELLO_ITEMS = 10,
    STUB_DIGESTS_FIRST = 0,
    STUB_DIGESTS_COUNT = 2,
    STUB_BEGIN_FLAGS = 0,
    STUB_BEGIN_IMAGE_SIZE = 1,
    STUB_BEGIN_FILE_SHA256 = 5,
    STUB_BEGIN_IMAGE_HASH = 37,
    STUB_DATA_OFFSET = 0,
    STUB_DATA_BYTES = 4,
    STUB_NAMED_BOOT_ID = 0, /* MARK, RESET, CONFIRM */
    STUB_NAMED_HASH = 8,    /* MARK, CONFIRM */
    STUB_RATE_RATE = 0,
    STUB_PROBE_INDEX = 0,
    STUB_MODEM_OPERATION = 0,
    STUB_MODEM_OFFSET = 1,
    STUB_MODEM_BYTES = 5,
};

/*
 * Decodes a body without its check, at least the header. type, session, number and (where the payload has one) tag are
 * set in any case. Returns STUB_OK, STUB_UNSUPPORTED or STUB_MALFORMED.
 */
uint8_t stub_message_decode(const uint8_t *body, size_t count, struct stub_message *m);

/* A payload under construction. What does not fit is dropped; everything fits, see transmit.c. */
struct stub_writer {
    uint8_t *at;
    uint8_t *end;
};

void stub_write_welcome(struct stub_writer *w, const struct stub_session *s);
void stub_write_status(struct stub_writer *w, const struct stub_session *s);
void stub_write_digests(struct stub_writer *w, const struct stub_session *s);
void stub_write_probed(struct stub_writer *w, const struct stub_session *s);
void stub_write_reply(struct stub_writer *w, const struct stub_reply *reply);
void stub_write_bytes(struct stub_writer *w, const uint8_t *bytes, size_t count);

#endif
