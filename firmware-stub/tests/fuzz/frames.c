/* Bytes off the line: decoded one by one and in blocks, they are the same frames; a frame that is good decodes as a
 * message without a read beyond it; what is sealed is taken apart again. */
#include "frame.h"

#include "fuzz.h"
#include "message.h"
#include "wire.h"

#define BODY 600u /* of the receiver; 4109 is the most, and would only make the search slower */

struct frames {
    uint32_t count[STUB_FRAME_CHECK + 1];
    uint32_t bytes; /* of good bodies, and what they were */
    uint32_t sum;
};

/* In memory of just its size, so that the sanitizer sees a read beyond it. */
static void decode(const uint8_t *body, size_t count) {
    struct stub_message m;
    uint8_t *copy = malloc(count);
    memcpy(copy, body, count);
    uint8_t code = stub_message_decode(copy, count, &m);
    CHECK(m.type == body[0]);
    if (code == STUB_OK) {
        CHECK(m.fields >= copy && m.fields + m.count == copy + count);
    }
    free(copy);
}

static void take(struct frames *f, const struct stub_frame_receiver *r, enum stub_frame_result result) {
    f->count[result] += result != STUB_FRAME_MORE;
    if (result == STUB_FRAME_GOOD) {
        CHECK(r->count >= STUB_BODY_MIN && r->count <= r->size);
        f->bytes += r->count;
        for (unsigned i = 0; i < r->count; i++) {
            f->sum = f->sum * 31 + r->body[i];
        }
        decode(r->body, r->count - STUB_BODY_CHECK);
    }
}

static struct frames receive(const uint8_t *bytes, size_t count, bool in_blocks) {
    struct frames f = {{0}, 0, 0};
    struct stub_frame_receiver r;
    uint8_t *body = malloc(BODY);
    stub_frame_receiver_init(&r, body, BODY);
    for (size_t at = 0; at < count;) {
        size_t block = in_blocks ? stub_frame_receive_block(&r, bytes + at, count - at) : 0;
        at += block;
        if (block == 0) {
            take(&f, &r, stub_frame_receive(&r, bytes[at++]));
        }
    }
    free(body);
    return f;
}

static void seal_and_open(const uint8_t *body, size_t count) {
    static uint8_t wire[STUB_FRAME_WIRE_SIZE(BODY)];
    struct stub_frame_receiver r;
    uint8_t back[BODY];
    const size_t at = STUB_FRAME_BODY_AT(BODY);
    memcpy(wire + at, body, count);
    size_t length = stub_frame_seal(wire, at, count);
    CHECK(length <= STUB_FRAME_WIRE_SIZE(count + STUB_BODY_CHECK) && wire[0] == 0 && wire[length - 1] == 0);
    CHECK(memchr(wire + 1, 0, length - 2) == NULL);
    stub_frame_receiver_init(&r, back, sizeof back);
    for (size_t i = 0; i + 1 < length; i++) {
        CHECK(stub_frame_receive(&r, wire[i]) == STUB_FRAME_MORE);
    }
    CHECK(stub_frame_receive(&r, 0) == STUB_FRAME_GOOD);
    CHECK(r.count == count + STUB_BODY_CHECK && memcmp(body, back, count) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct frames one_by_one = receive(bytes, count, false);
    struct frames in_blocks = receive(bytes, count, true);
    CHECK(memcmp(&one_by_one, &in_blocks, sizeof in_blocks) == 0);
    if (count >= STUB_BODY_HEADER && count <= BODY - STUB_BODY_CHECK) {
        seal_and_open(bytes, count);
        decode(bytes, count);
    }
    return 0;
}
