/* GET_DIGESTS: the digests of pages as they stand in flash; SPEC.md section 5. */
#include "digest.h"

#include "bytes.h"
#include "flash.h"
#include "request.h"
#include "siphash.h"

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
    stub_siphash_end(&r->sip, r->batch + r->batch_count * STUB_DIGEST_SIZE);
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
        stub_siphash_start(&r->sip, s->nonce);
    }
    uint8_t code = stub_flash_digest(s, stub_flash_page(s, r->page) + r->hashed, n, &r->sip);
    if (code != STUB_OK) {
        stub_request_finish(s, code, r->page);
        return;
    }
    s->counters.digested += n;
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
