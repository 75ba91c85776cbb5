#ifndef STUB_FRAME_H
#define STUB_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

/* What one more byte of the line made of the chunk under way. */
enum stub_frame_result {
    STUB_FRAME_MORE = 0,  /* nothing yet, or an empty chunk ended */
    STUB_FRAME_GOOD = 1,  /* body and count are a frame until the next byte is given; count includes the check */
    STUB_FRAME_LONG = 2,  /* damaged: more than the buffer or the specification allows */
    STUB_FRAME_COBS = 3,  /* damaged: the chunk ended inside a COBS block */
    STUB_FRAME_SHORT = 4, /* damaged: shorter than header and check */
    STUB_FRAME_CHECK = 5, /* damaged: CRC-32C differs */
};

/* body holds size bytes and belongs to the receiver from now on. */
void stub_frame_receiver_init(struct stub_frame_receiver *r, uint8_t *body, uint16_t size);
enum stub_frame_result stub_frame_receive(struct stub_frame_receiver *r, uint8_t byte);
/*
 * Takes what lies inside the COBS block under way, where nothing can be decided, and returns how many bytes that was:
 * the same as to give them to stub_frame_receive() one by one, but faster. The next byte is for stub_frame_receive().
 */
size_t stub_frame_receive_block(struct stub_frame_receiver *r, const uint8_t *bytes, size_t count);

/* The most bytes that a body of count bytes takes on the wire, both delimiters included. */
#define STUB_FRAME_WIRE_SIZE(count) ((count) + (count) / 254u + 3u)
/* Where stub_frame_seal() wants the body in a buffer of STUB_FRAME_WIRE_SIZE(count) bytes. */
#define STUB_FRAME_BODY_AT(count) ((count) / 254u + 2u)

/*
 * Adds the check to a body whose header and payload (count bytes) stand at buffer + at, and turns buffer into wire
 * bytes in place: that needs at >= STUB_FRAME_BODY_AT(count + 4). Returns how many.
 */
size_t stub_frame_seal(uint8_t *buffer, size_t at, size_t count);

#endif
