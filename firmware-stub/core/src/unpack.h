#ifndef STUB_UNPACK_H
#define STUB_UNPACK_H

#include "stub/state.h"

/*
 * Inflates the record under way, all of whose bytes are in the ring, into the page buffer and tells how many bytes that
 * made. STUB_OK, STUB_MALFORMED or STUB_READ_FAILED.
 */
uint8_t stub_unpack(struct stub_session *s, uint32_t *produced);

#endif
