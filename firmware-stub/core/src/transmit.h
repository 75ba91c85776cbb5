#ifndef STUB_TRANSMIT_H
#define STUB_TRANSMIT_H

#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

/* See stub_session_transmit(). */
size_t stub_transmit(struct stub_session *s, uint8_t *into, size_t capacity);

#endif
