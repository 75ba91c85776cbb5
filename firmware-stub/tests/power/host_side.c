#include "host_side.h"

#include "../check.h"
#include "bytes.h"
#include "deflate.h"
#include "siphash.h"
#include "wire.h"

#define PASSES 4u

struct plan {
    bool send[WORLD_PAGES_MAX];
    bool force[WORLD_PAGES_MAX];
    unsigned first_wrong; /* pages if none is */
    unsigned pages;
};

static unsigned page_count(const struct world *w) {
    return (w->image[1].size + NVMC_PAGE - 1) / NVMC_PAGE;
}

static const uint8_t *page_of(const struct world *w, unsigned page) {
    return w->image[1].bytes + page * NVMC_PAGE;
}

static bool is_blank(const uint8_t *page) {
    return page[0] == 0xFF && memcmp(page, page + 1, NVMC_PAGE - 1) == 0;
}

/* ---- what the board says ---- */

/* imageHash and state of what runs, from WELCOME's items. */
static const uint8_t *running_item(const struct world *w) {
    const struct answer *a = host_answer(&w->host, STUB_WELCOME);
    for (uint32_t at = 17; a != NULL && at + 2 <= a->count; at += 2u + a->payload[at + 1]) {
        if (a->payload[at] == STUB_ITEM_RUNNING) {
            return a->payload + at + 2;
        }
    }
    return NULL;
}

static uint8_t find_wrong_pages(struct world *w, struct plan *plan) {
    uint8_t rest[4] = {0};
    uint8_t digests[WORLD_PAGES_MAX][8] = {{0}};
    plan->pages = page_count(w);
    plan->first_wrong = plan->pages;
    stub_put_le16(rest + 2, (uint16_t)plan->pages);
    int code = host_request(&w->host, STUB_GET_DIGESTS, rest, sizeof rest);
    for (unsigned i = 0; i < w->host.answer_count; i++) {
        const struct answer *a = &w->host.answers[i];
        if (a->type == STUB_DIGESTS) {
            CHECK_EQ(0, stub_get_le16(a->payload + 1));
            memcpy(digests, a->payload + 4, a->payload[3] * 8u);
        }
    }
    for (unsigned i = plan->pages; i-- > 0;) {
        uint8_t wanted[8];
        struct stub_siphash sip;
        stub_siphash_start(&sip, w->host.nonce);
        stub_siphash_add(&sip, page_of(w, i), NVMC_PAGE);
        stub_siphash_end(&sip, wanted);
        plan->send[i] = memcmp(wanted, digests[i], 8) != 0;
        plan->force[i] = false;
        plan->first_wrong = plan->send[i] ? i : plan->first_wrong;
    }
    return (uint8_t)code;
}

/* SPEC.md 6.1: the page at the frontier and its neighbours are written again, unless they were seen durable. */
static void write_weak_pages_again(struct plan *plan, const struct memory *memory) {
    unsigned k = plan->first_wrong;
    bool all_right = k == plan->pages;
    if (all_right && !(memory->knows && memory->unclean)) {
        return;
    }
    if (!all_right && k == 0 && !(memory->knows && memory->unclean)) {
        return;
    }
    unsigned from = all_right ? plan->pages - 1 : k > 0 ? k - 1 : 0;
    unsigned to = all_right ? plan->pages - 1 : k + 1;
    for (unsigned i = from; i <= to && i < plan->pages; i++) {
        if (!memory->knows || !memory->durable[i]) {
            plan->send[i] = true;
            plan->force[i] = true;
        }
    }
}

/* ---- what the host sends ---- */

/* Own bytes for even pages, the running image's for odd ones. 0 if it does not get shorter. */
static uint32_t pack(const struct world *w, unsigned page, uint8_t *into, uint8_t *kind) {
    static uint8_t bytes[2 * WORLD_PAGES_MAX * NVMC_PAGE];
    const uint32_t before = page % 2 == 0 ? page * NVMC_PAGE : NVMC_PAGE;
    uint32_t taken = 0;
    if (page % 2 == 0) {
        *kind = STUB_RECORD_DEFLATE;
        memcpy(bytes, w->image[1].bytes, before);
    } else {
        uint32_t address = w->dk.config.layout.primary + page * NVMC_PAGE;
        *kind = STUB_RECORD_DEFLATE_DICTIONARY;
        into[0] = 1;
        stub_put_le32(into + 1, address);
        stub_put_le16(into + 5, NVMC_PAGE);
        taken = 7;
        memcpy(bytes, w->image[0].bytes + page * NVMC_PAGE, NVMC_PAGE);
    }
    memcpy(bytes + before, page_of(w, page), NVMC_PAGE);
    uint32_t count = deflate(bytes, before, NVMC_PAGE, into + taken, NVMC_PAGE - taken);
    return count == 0 ? 0 : count + taken;
}

static size_t record_of(struct world *w, unsigned page, bool force, bool packs, uint8_t *into) {
    const uint8_t *bytes = page_of(w, page);
    uint8_t kind = STUB_RECORD_RAW;
    bool blank = is_blank(bytes);
    size_t raw = host_record(&w->host, into, force, (uint16_t)page, bytes, blank ? 0 : NVMC_PAGE);
    uint32_t packed = !packs || blank ? 0 : pack(w, page, into + STUB_RECORD_HEADER, &kind);
    if (packed == 0) { /* what pack left there goes */
        return blank || !packs ? raw : host_record(&w->host, into, force, (uint16_t)page, bytes, NVMC_PAGE);
    }
    into[0] = kind;
    stub_put_le16(into + 4, (uint16_t)packed);
    return STUB_RECORD_HEADER + packed;
}

/* The planned pages, further along the stream; the code of STATUS FAILED, else OK. */
static uint8_t send_pages(struct world *w, const struct plan *plan, struct memory *memory, uint32_t *offset,
                          bool packs) {
    static uint8_t record[STUB_RECORD_HEADER + 2 * NVMC_PAGE];
    for (unsigned i = 0; i < plan->pages; i++) {
        if (!plan->send[i]) {
            continue;
        }
        uint16_t before = host_status(&w->host).durable;
        memory->durable[i] = false;
        size_t count = record_of(w, i, plan->force[i], packs, record);
        host_stream(&w->host, *offset, record, count);
        *offset += (uint32_t)count;
        struct status status = host_status(&w->host);
        if (status.state == STUB_FAILED) {
            CHECK(status.page == i || status.code == STUB_ERASE_FAILED || status.code == STUB_READ_FAILED);
            return status.code;
        }
        memory->durable[i] = status.durable > before;
    }
    return STUB_OK;
}

/* ---- one session ---- */

static bool refused(struct ending *e, uint8_t request, int code) {
    if (code != STUB_OK) {
        e->request = request;
        e->code = (uint8_t)code;
    }
    return code != STUB_OK;
}

/* Sends until no page is wrong, and verifies; a mismatch sends all of them again. */
static bool upload(struct world *w, struct memory *memory, struct plan *plan, struct ending *e) {
    uint32_t offset = 0;
    for (unsigned pass = 0; pass < PASSES; pass++) {
        if (refused(e, STUB_DATA, send_pages(w, plan, memory, &offset, w->what.deflated && pass == 0))) {
            return false;
        }
        uint16_t refusals = host_status(&w->host).refused;
        if (refusals == 0 || pass > 0) {
            int code = host_request(&w->host, STUB_VERIFY, NULL, 0);
            if (code != STUB_MISMATCH) {
                return !refused(e, STUB_VERIFY, code);
            }
            for (unsigned i = 0; i < plan->pages; i++) {
                plan->send[i] = true;
                plan->force[i] = true;
            }
        } else if (refused(e, STUB_GET_DIGESTS, find_wrong_pages(w, plan))) {
            return false;
        }
    }
    return !refused(e, STUB_VERIFY, STUB_MISMATCH);
}

static void update(struct world *w, struct memory *memory, const uint8_t boot_id[STUB_BOOT_ID_SIZE], struct ending *e) {
    struct plan plan;
    uint8_t rest[STUB_BOOT_ID_SIZE + STUB_HASH_SIZE];
    if (refused(e, STUB_GET_DIGESTS, find_wrong_pages(w, &plan))) {
        return;
    }
    write_weak_pages_again(&plan, memory);
    memset(memory->durable, 0, sizeof memory->durable);
    uint8_t flags =
        memory->unclean || !memory->knows ? STUB_BEGIN_ERASE_TRAILER | STUB_BEGIN_NOT_PENDING : STUB_BEGIN_NOT_PENDING;
    if (plan.first_wrong == plan.pages) {
        flags &= (uint8_t)~STUB_BEGIN_NOT_PENDING;
    }
    memory->unclean = true;
    memory->knows = true;
    int code = host_begin(&w->host, flags, w->image[1].size, w->image[1].sha256, w->image[1].image_hash);
    if (refused(e, STUB_BEGIN, code) || !upload(w, memory, &plan, e)) {
        return;
    }
    memcpy(rest, boot_id, STUB_BOOT_ID_SIZE);
    memcpy(rest + STUB_BOOT_ID_SIZE, w->image[1].sha256, STUB_HASH_SIZE);
    if (refused(e, STUB_MARK, host_request(&w->host, STUB_MARK, rest, sizeof rest))) {
        return;
    }
    e->marked = true;
    e->reset = !refused(e, STUB_RESET, host_request(&w->host, STUB_RESET, rest, STUB_BOOT_ID_SIZE));
}

struct ending host_side_session(struct world *w, struct memory *memory) {
    struct ending e = {0};
    uint8_t boot_id[STUB_BOOT_ID_SIZE];
    uint8_t rest[STUB_BOOT_ID_SIZE + STUB_HASH_SIZE];
    w->confirming = false;
    host_attach(&w->host, &w->dk.session, &w->now_ms, (uint8_t)++w->drawn);
    host_hello(&w->host);
    const uint8_t *running = running_item(w);
    if (running == NULL) {
        refused(&e, STUB_HELLO, STUB_MALFORMED);
        return e;
    }
    memcpy(boot_id, host_answer(&w->host, STUB_WELCOME)->payload + 9, STUB_BOOT_ID_SIZE);
    if (memcmp(running, w->image[1].image_hash, STUB_HASH_SIZE) != 0) {
        update(w, memory, boot_id, &e);
        return e;
    }
    memcpy(rest, boot_id, STUB_BOOT_ID_SIZE);
    memcpy(rest + STUB_BOOT_ID_SIZE, running, STUB_HASH_SIZE);
    w->confirming = true;
    e.confirmed = !refused(&e, STUB_CONFIRM, host_request(&w->host, STUB_CONFIRM, rest, sizeof rest));
    return e;
}
