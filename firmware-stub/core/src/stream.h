#ifndef STUB_STREAM_H
#define STUB_STREAM_H

#include <stdbool.h>

#include "stub/state.h"

/* True if a record has something to do: bytes to take, or page work under way. */
bool stub_stream_has_work(const struct stub_session *s);
/* One step of it. */
void stub_stream_step(struct stub_session *s);
/* True if every byte received belongs to a whole record and has been dealt with. */
bool stub_stream_is_through(const struct stub_session *s);

#endif
