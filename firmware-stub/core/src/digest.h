#ifndef STUB_DIGEST_H
#define STUB_DIGEST_H

#include <stdint.h>

#include "stub/state.h"
#include "wire.h"

/* The digest of a page: the first 8 bytes of SHA-256(nonce, page). Add the page between the two. */
void stub_digest_start(const struct stub_session *s, struct stub_sha256 *sha);
void stub_digest_end(struct stub_sha256 *sha, uint8_t digest[STUB_DIGEST_SIZE]);

/* One step of GET_DIGESTS. */
void stub_digest_step(struct stub_session *s);

#endif
