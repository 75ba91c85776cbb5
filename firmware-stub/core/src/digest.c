#include "digest.h"

#include <string.h>

#include "sha256.h"

void stub_digest_start(const struct stub_session *s, struct stub_sha256 *sha) {
    stub_sha256_start(sha);
    stub_sha256_add(sha, s->nonce, STUB_NONCE_SIZE);
}

void stub_digest_end(struct stub_sha256 *sha, uint8_t digest[STUB_DIGEST_SIZE]) {
    uint8_t hash[STUB_HASH_SIZE];
    stub_sha256_end(sha, hash);
    memcpy(digest, hash, STUB_DIGEST_SIZE);
}
