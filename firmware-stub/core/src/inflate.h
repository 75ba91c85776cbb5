/*
 * Inflate (RFC 1951) of one page, whole input to whole output, in one call and with no window of its own: what lies
 * before the output is read from where it is, flash for instance. Needs 700 bytes of stack; its time is bounded by the
 * sizes of input and output.
 */
#ifndef STUB_INFLATE_H
#define STUB_INFLATE_H

#include <stdint.h>

#define STUB_DEFLATE_WINDOW 32768u
#define STUB_DEFLATE_BLOCKS 8u /* an empty block costs the time of its tables; encoders make one block of a page */

/* The compressed bytes, in a ring whose size is a power of two. */
struct stub_deflated {
    const uint8_t *ring;
    uint32_t ring_size;
    uint32_t at;  /* offset of the first byte; taken modulo ring_size */
    uint32_t end; /* offset behind the last */
};

/* The bytes before the output, the preset dictionary of RFC 1950's word. At most the last STUB_DEFLATE_WINDOW count. */
struct stub_dictionary {
    uint32_t length;
    /* Reads count bytes from position, 0 being the dictionary's first byte. Not zero: cannot be read. */
    int (*read)(const void *context, uint32_t position, uint8_t *into, uint32_t count);
    const void *context;
};

/*
 * Fills out with at least 1 and at most capacity bytes and tells how many. STUB_OK; STUB_MALFORMED if the input is no
 * deflate stream of at most STUB_DEFLATE_BLOCKS blocks that ends with its last byte, reaches behind the dictionary, or
 * has none or too many bytes in it; STUB_READ_FAILED.
 */
uint8_t stub_inflate(const struct stub_deflated *in, const struct stub_dictionary *dictionary, uint8_t *out,
                     uint32_t capacity, uint32_t *produced);

#endif
