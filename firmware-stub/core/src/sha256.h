#ifndef STUB_SHA256_H
#define STUB_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

/* SHA-256 (FIPS 180-4) of fewer than 2^29 bytes. */
void stub_sha256_start(struct stub_sha256 *sha);
void stub_sha256_add(struct stub_sha256 *sha, const uint8_t *bytes, size_t count);
void stub_sha256_end(struct stub_sha256 *sha, uint8_t hash[32]);

#endif
