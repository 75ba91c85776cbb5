/* GET_DIGESTS: the digests of pages as they stand in flash; SPEC.md section 5. */
#include "digest.h"

#include <string.h>

#include "bytes.h"
#include "flash.h"
#include "message.h"
#include "request.h"
#include "siphash.h"

static void start_pages(struct stub_session *s) {
    struct stub_request *r = &s->request;
    uint32_t pages = stub_flash_image_area(s) / s->config.slot.page_size;
    r->page = stub_get_le16(r->fields + STUB_DIGESTS_FIRST);
    r->pages_left = stub_get_le16(r->fields + STUB_DIGESTS_COUNT);
    if (r->pages_left == 0 || r->page >= pages || r->pages_left > pages - r->page) {
        stub_request_finish(s, STUB_RANGE, 0);
        return;
    }
    r->batch_first = r->page;
    r->step = 1;
}

static uint8_t *place(struct stub_request *r) {
    return r->batch + r->batch_count * STUB_DIGEST_SIZE;
}

/* The page's digest stands in its place. */
static void end_page(struct stub_session *s) {
    struct stub_request *r = &s->request;
    r->batch_count++;
    r->page++;
    r->pages_left--;
    r->hashed = 0;
    if (r->batch_count == STUB_DIGESTS_MAX || r->pages_left == 0) {
        s->outbox[STUB_OUT_DIGESTS] = true;
        r->step = 2;
    }
}

/* To see that a page is blank takes a third of its digest, and blank pages have but one. */
static uint8_t begin_page(struct stub_session *s) {
    struct stub_request *r = &s->request;
    stub_siphash_start(&r->sip, s->nonce);
    uint8_t code = stub_flash_is_blank(s, stub_flash_page(s, r->page), &r->blank);
    if (code == STUB_OK && r->blank && r->knows_blank) {
        memcpy(place(r), r->blank_digest, STUB_DIGEST_SIZE);
        r->hashed = s->config.slot.page_size;
    }
    return code;
}

static uint8_t hash_slice(struct stub_session *s) {
    struct stub_request *r = &s->request;
    uint32_t n = stub_min32(STUB_HASH_SLICE, s->config.slot.page_size - r->hashed);
    uint8_t code = stub_flash_digest(s, stub_flash_page(s, r->page) + r->hashed, n, &r->sip);
    s->counters.digested += n;
    r->hashed += n;
    if (r->hashed == s->config.slot.page_size) {
        stub_siphash_end(&r->sip, place(r));
        if (r->blank) {
            memcpy(r->blank_digest, place(r), STUB_DIGEST_SIZE);
            r->knows_blank = true;
        }
    }
    return code;
}

static void hash_page(struct stub_session *s) {
    struct stub_request *r = &s->request;
    uint8_t code = r->hashed == 0 ? begin_page(s) : STUB_OK;
    if (code == STUB_OK && r->hashed < s->config.slot.page_size) {
        code = hash_slice(s);
    }
    if (code != STUB_OK) {
        stub_request_finish(s, code, r->page);
    } else if (r->hashed == s->config.slot.page_size) {
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
