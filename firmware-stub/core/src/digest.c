/* Page digests, and GET_DIGESTS, which sends them for what stands in flash: SPEC.md section 5. */
#include "digest.h"

#include <string.h>

#include "bytes.h"
#include "flash.h"
#include "request.h"
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

static void start_pages(struct stub_session *s) {
    struct stub_request *r = &s->request;
    uint32_t pages = stub_flash_image_area(s) / s->config.slot.page_size;
    if (r->pages_left == 0 || r->page >= pages || r->pages_left > pages - r->page) {
        stub_request_finish(s, STUB_RANGE, 0);
        return;
    }
    r->batch_first = r->page;
    r->step = 1;
}

static void end_page(struct stub_session *s) {
    struct stub_request *r = &s->request;
    stub_digest_end(&r->sha, r->batch + r->batch_count * STUB_DIGEST_SIZE);
    r->batch_count++;
    r->page++;
    r->pages_left--;
    r->hashed = 0;
    if (r->batch_count == STUB_DIGESTS_MAX || r->pages_left == 0) {
        s->outbox.digests = true;
        r->step = 2;
    }
}

static void hash_page(struct stub_session *s) {
    struct stub_request *r = &s->request;
    uint32_t n = stub_min32(STUB_HASH_SLICE, s->config.slot.page_size - r->hashed);
    if (r->hashed == 0) {
        stub_digest_start(s, &r->sha);
    }
    uint8_t code = stub_flash_hash(s, stub_flash_page(s, r->page) + r->hashed, n, &r->sha);
    if (code != STUB_OK) {
        stub_request_finish(s, code, r->page);
        return;
    }
    r->hashed += n;
    if (r->hashed == s->config.slot.page_size) {
        end_page(s);
    }
}

/* The batch has gone out: has_work() has waited for that. */
static void next_batch(struct stub_session *s) {
    struct stub_request *r = &s->request;
    r->batch_first = r->page;
    r->batch_count = 0;
    r->step = 1;
    if (r->pages_left == 0) {
        stub_request_finish(s, STUB_OK, 0);
    }
}

void stub_digest_step(struct stub_session *s) {
    switch (s->request.step) {
    case 0:
        start_pages(s);
        break;
    case 1:
        hash_page(s);
        break;
    default:
        next_batch(s);
        break;
    }
}
