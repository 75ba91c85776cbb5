/*
 * 00 | COBS(body) | 00, the body ending in CRC-32C: SPEC.md section 2. A byte is decoded when it arrives, so a frame
 * needs one buffer and the end of a chunk needs no second pass but the check. Knows nothing of what a frame means.
 */
#include "frame.h"

#include "bytes.h"
#include "crc32c.h"
#include "plant.h"
#include "wire.h"

void stub_frame_receiver_init(struct stub_frame_receiver *r, uint8_t *body, uint16_t size) {
    *r = (struct stub_frame_receiver){.body = body, .size = size < STUB_BODY_MAX ? size : STUB_BODY_MAX};
}

static void put(struct stub_frame_receiver *r, uint8_t byte) {
    if (r->count < r->size) {
        r->body[r->count++] = byte;
    } else {
        r->overflow = true;
    }
}

static enum stub_frame_result judge(const struct stub_frame_receiver *r) {
    if (r->overflow) {
        return STUB_FRAME_LONG;
    }
    if (r->block_left > 0) {
        return STUB_FRAME_COBS;
    }
    if (r->count < STUB_BODY_MIN) {
        return STUB_FRAME_SHORT;
    }
    size_t checked = r->count - STUB_BODY_CHECK;
    return STUB_CHECK_FITS(stub_get_le32(r->body + checked) == stub_crc32c(r->body, checked)) ? STUB_FRAME_GOOD
                                                                                              : STUB_FRAME_CHECK;
}

static enum stub_frame_result end(struct stub_frame_receiver *r) {
    enum stub_frame_result result = r->begun ? judge(r) : STUB_FRAME_MORE;
    r->ended = true;
    return result;
}

enum stub_frame_result stub_frame_receive(struct stub_frame_receiver *r, uint8_t byte) {
    if (r->ended) {
        stub_frame_receiver_init(r, r->body, r->size);
    }
    if (byte == 0) {
        return end(r);
    }
    r->begun = true;
    if (r->block_left > 0) {
        r->block_left--;
        put(r, byte);
        return STUB_FRAME_MORE;
    }
    if (r->zero_owed) {
        put(r, 0);
    }
    r->block_left = (uint8_t)(byte - 1);
    r->zero_owed = byte != 0xFF;
    return STUB_FRAME_MORE;
}

/* Bytes up to a zero, a word at a time as long as no byte of it is zero. A plain memcpy is a call in freestanding C. */
static size_t copy_until_zero(uint8_t *to, const uint8_t *from, size_t count) {
    size_t at = 0;
    while (count - at >= 4) {
        uint32_t word;
        __builtin_memcpy(&word, from + at, sizeof word);
        if (((word - 0x01010101u) & ~word & 0x80808080u) != 0) {
            break;
        }
        __builtin_memcpy(to + at, &word, sizeof word);
        at += 4;
    }
    while (at < count && from[at] != 0) {
        to[at] = from[at];
        at++;
    }
    return at;
}

size_t stub_frame_receive_block(struct stub_frame_receiver *r, const uint8_t *bytes, size_t count) {
    size_t room = (size_t)(r->size - r->count);
    if (r->ended) {
        return 0;
    }
    count = count < r->block_left ? count : r->block_left;
    count = copy_until_zero(r->body + r->count, bytes, count < room ? count : room);
    r->count = (uint16_t)(r->count + count);
    r->block_left = (uint8_t)(r->block_left - count);
    return count;
}

/*
 * The write position never overtakes the read position: it starts behind it by the delimiter and as many code bytes as
 * there can be.
 *
 *     buffer: 00 code block code block ... | free | rest of the body, not yet read
 *                                          ^to    ^from
 */
size_t stub_frame_seal(uint8_t *buffer, size_t at, size_t count) {
    uint8_t *from = buffer + at;
    stub_put_le32(from + count, stub_crc32c(from, count));
    const uint8_t *stop = from + count + STUB_BODY_CHECK;
    uint8_t *to = buffer;
    *to++ = 0;
    uint8_t *code = to++;
    *code = 1;
    while (from < stop) {
        uint8_t byte = *from++;
        if (byte != 0) {
            *to++ = byte;
            ++*code;
        }
        if (byte == 0 || (*code == 0xFF && from < stop)) {
            code = to++;
            *code = 1;
        }
    }
    *to++ = 0;
    return (size_t)(to - buffer);
}
