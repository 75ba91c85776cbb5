#ifndef STUB_DIGEST_H
#define STUB_DIGEST_H

#include <stdint.h>

#include "stub/state.h"
#include "wire.h"

/* One step of GET_DIGESTS. */
void stub_digest_step(struct stub_session *s);

#endif
