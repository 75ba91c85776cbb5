/*
 * The requests, one at a time: SPEC.md section 5. stub_request_take() is called for a frame and only remembers;
 * the work is done step by step from tick, each step one function here that either finishes with a code or leaves
 * request.step for the next call.
 */
#include "request.h"

#include <string.h>

#include "bytes.h"
#include "digest.h"
#include "flash.h"
#include "image.h"
#include "modem.h"
#include "notice.h"
#include "plant.h"
#include "rate.h"
#include "sha256.h"
#include "stream.h"
#include "upload.h"

void stub_request_finish(struct stub_session *s, uint8_t code, uint32_t detail) {
    s->answered =
        (struct stub_reply){.tag = s->request.tag, .request = s->request.type, .code = code, .detail = detail};
    s->has_answered = true;
    s->outbox[STUB_OUT_REPLY] = true;
    s->request.type = 0;
}

void stub_request_refuse(struct stub_session *s, const struct stub_message *m, uint8_t code) {
    s->refused = (struct stub_reply){.tag = m->tag, .request = m->type, .code = code};
    s->outbox[STUB_OUT_REFUSAL] = true;
}

/* No request but MODEM has more fields than there is room for: message.c. */
static void start(struct stub_session *s, const struct stub_message *m) {
    struct stub_request *r = &s->request;
    memset(r, 0, sizeof *r);
    r->type = m->type;
    r->tag = m->tag;
    memcpy(r->fields, m->fields, stub_min32(m->count, sizeof r->fields));
    if (m->type == STUB_MODEM) {
        stub_modem_take(s, m);
    }
}

void stub_request_take(struct stub_session *s, const struct stub_message *m) {
    const struct stub_reply *answered = &s->answered;
    if (s->request.type == m->type && s->request.tag == m->tag) {
        s->outbox[STUB_OUT_STATUS] = true;
    } else if (s->request.type != 0) {
        stub_request_refuse(s, m, STUB_BUSY);
    } else if (s->has_answered && answered->request == m->type && answered->tag == m->tag) {
        s->outbox[STUB_OUT_REPLY] = true;
    } else {
        start(s, m);
    }
}

/* ---- the work ---- */

static bool names_this_start(const struct stub_session *s) {
    return memcmp(s->request.fields + STUB_NAMED_BOOT_ID, s->config.boot_id, STUB_BOOT_ID_SIZE) == 0;
}

static bool ask_boot(const struct stub_session *s, struct stub_boot_state *boot) {
    const struct stub_port *port = s->config.port;
    return port->boot_state(port->context, boot) == 0;
}

static bool is_pending(enum stub_slot_state slot) {
    return slot == STUB_SLOT_PENDING_TEST || slot == STUB_SLOT_PENDING_PERMANENT;
}

/* OK, ON_TRIAL or READ_FAILED: slot 1 of a board on trial holds the image to revert to. */
static uint8_t may_change_slot(const struct stub_session *s, struct stub_boot_state *boot) {
    if (!ask_boot(s, boot)) {
        return STUB_READ_FAILED;
    }
    return boot->running == STUB_RUNNING_ON_TRIAL ? STUB_ON_TRIAL : STUB_OK;
}

static uint8_t begin_check(struct stub_session *s, bool *same_is_pending) {
    const uint8_t *fields = s->request.fields;
    const uint32_t image_size = stub_get_le32(fields + STUB_BEGIN_IMAGE_SIZE);
    struct stub_boot_state boot;
    if (s->state != STUB_READY) {
        return STUB_STATE;
    }
    uint8_t code = may_change_slot(s, &boot);
    if (code != STUB_OK) {
        return code;
    }
    if (image_size == 0 || image_size > stub_flash_image_area(s)) {
        return STUB_RANGE;
    }
    *same_is_pending = is_pending(boot.slot) && (fields[STUB_BEGIN_FLAGS] & STUB_BEGIN_NOT_PENDING) == 0 &&
                       stub_image_has_hash(s, fields + STUB_BEGIN_IMAGE_HASH);
    return image_size > s->config.slot.size_limit ? STUB_TOO_LARGE : STUB_OK;
}

static void begin_end(struct stub_session *s, bool same_is_pending) {
    const uint8_t *fields = s->request.fields;
    stub_upload_open(s, stub_get_le32(fields + STUB_BEGIN_IMAGE_SIZE), fields + STUB_BEGIN_FILE_SHA256);
    s->upload.slot_pending = same_is_pending;
    stub_notice_state(s, STUB_RECEIVING);
    stub_notice_event(s, STUB_EVENT_UPLOAD_BEGUN, STUB_OK, 0);
    stub_request_finish(s, STUB_OK, same_is_pending);
}

static void begin_start(struct stub_session *s) {
    bool same_is_pending = false;
    uint8_t code = begin_check(s, &same_is_pending);
    if (code != STUB_OK) {
        stub_request_finish(s, code, 0);
    } else if (same_is_pending) {
        begin_end(s, true);
    } else {
        s->request.step = 1;
    }
}

/* Trailer page first: from then on MCUboot sees nothing in the slot to swap. */
static void begin_step(struct stub_session *s) {
    struct stub_request *r = &s->request;
    bool forced = (r->fields[STUB_BEGIN_FLAGS] & STUB_BEGIN_ERASE_TRAILER) != 0;
    uint8_t code = STUB_OK;
    if (r->step == 0) {
        begin_start(s);
        return;
    }
    if (r->step == 1) {
        code = STUB_TRAILER_IS_HARMLESS(false) ? STUB_OK : stub_flash_make_blank(s, stub_flash_trailer(s), forced);
    } else if (s->config.slot.image_offset != 0) {
        code = stub_flash_make_blank(s, 0, false);
    }
    if (code != STUB_OK) {
        stub_request_finish(s, code, 0);
    } else if (r->step == 2) {
        begin_end(s, false);
    } else {
        r->step = 2;
    }
}

static void verify_end(struct stub_session *s) {
    uint8_t hash[STUB_HASH_SIZE];
    stub_sha256_end(&s->request.sha, hash);
    if (!stub_stream_is_through(s)) { /* DATA has come meanwhile */
        stub_request_finish(s, STUB_STATE, 0);
    } else if (!STUB_DIGEST_FITS(memcmp(hash, s->upload.file_sha256, STUB_HASH_SIZE) == 0)) {
        stub_request_finish(s, STUB_MISMATCH, 0);
    } else {
        stub_notice_state(s, STUB_VERIFIED);
        stub_notice_event(s, STUB_EVENT_VERIFIED, STUB_OK, 0);
        stub_request_finish(s, STUB_OK, 0);
    }
}

static void verify_step(struct stub_session *s) {
    struct stub_request *r = &s->request;
    if (r->step == 0) {
        bool legal = (s->state == STUB_RECEIVING || s->state == STUB_VERIFIED) && stub_stream_is_through(s);
        stub_sha256_start(&r->sha);
        r->step = 1;
        if (!legal) {
            stub_request_finish(s, STUB_STATE, 0);
        }
        return;
    }
    uint32_t n = stub_min32(STUB_HASH_SLICE, s->upload.image_size - r->hashed);
    uint8_t code = stub_flash_hash(s, s->config.slot.image_offset + r->hashed, n, &r->sha);
    s->counters.hashed += n;
    r->hashed += n;
    if (code != STUB_OK) {
        stub_request_finish(s, code, 0);
    } else if (r->hashed == s->upload.image_size) {
        verify_end(s);
    }
}

static uint8_t mark(struct stub_session *s) {
    const struct stub_port *port = s->config.port;
    struct stub_boot_state boot;
    if (!STUB_MAY_MARK(s->state == STUB_VERIFIED || s->state == STUB_MARKED)) {
        return STUB_STATE;
    }
    if (!names_this_start(s)) {
        return STUB_BOOT_ID;
    }
    if (memcmp(s->request.fields + STUB_NAMED_HASH, s->upload.file_sha256, STUB_HASH_SIZE) != 0) {
        return STUB_MISMATCH;
    }
    if (s->state == STUB_MARKED) {
        return STUB_OK;
    }
    if (port->mark_pending(port->context) != 0 || !ask_boot(s, &boot) || !is_pending(boot.slot)) {
        stub_flash_make_blank(s, stub_flash_trailer(s), true); /* a mark that is written in part may count */
        return STUB_BOOT_FAILED;
    }
    stub_notice_state(s, STUB_MARKED);
    stub_notice_event(s, STUB_EVENT_MARKED, STUB_OK, 0);
    return STUB_OK;
}

static uint8_t confirm(struct stub_session *s) {
    const struct stub_port *port = s->config.port;
    struct stub_boot_state boot;
    if (!names_this_start(s)) {
        return STUB_BOOT_ID;
    }
    if (memcmp(s->request.fields + STUB_NAMED_HASH, s->config.identity.image_hash, STUB_HASH_SIZE) != 0) {
        return STUB_IMAGE_HASH;
    }
    if (!ask_boot(s, &boot)) {
        return STUB_READ_FAILED;
    }
    if (boot.running == STUB_RUNNING_CONFIRMED) {
        return STUB_OK;
    }
    if (port->confirm(port->context) != 0 || !ask_boot(s, &boot) || boot.running == STUB_RUNNING_ON_TRIAL) {
        return STUB_BOOT_FAILED;
    }
    stub_notice_event(s, STUB_EVENT_CONFIRMED, STUB_OK, 0);
    return STUB_OK;
}

/* The reset itself waits until transmit has handed out the REPLY. */
static uint8_t reset(struct stub_session *s) {
    if (!names_this_start(s)) {
        return STUB_BOOT_ID;
    }
    stub_notice_state(s, STUB_RESETTING);
    s->outbox[STUB_OUT_STATUS] = false;
    return STUB_OK;
}

static uint8_t abort_upload(struct stub_session *s) {
    struct stub_boot_state boot;
    uint8_t code = may_change_slot(s, &boot);
    if (code == STUB_OK) {
        code = stub_flash_make_blank(s, stub_flash_trailer(s), false);
    }
    if (code == STUB_OK) {
        stub_notice_state(s, STUB_ENDED);
        stub_notice_event(s, STUB_EVENT_ABORTED, STUB_OK, 0);
    }
    return code;
}

void stub_request_step(struct stub_session *s) {
    switch (s->request.type) {
    case STUB_GET_DIGESTS:
        stub_digest_step(s);
        break;
    case STUB_BEGIN:
        begin_step(s);
        break;
    case STUB_VERIFY:
        verify_step(s);
        break;
    case STUB_MARK:
        stub_request_finish(s, mark(s), 0);
        break;
    case STUB_RESET:
        stub_request_finish(s, reset(s), 0);
        break;
    case STUB_CONFIRM:
        stub_request_finish(s, confirm(s), 0);
        break;
    case STUB_RATE:
        stub_request_finish(s, stub_rate_ask(s, stub_get_le32(s->request.fields + STUB_RATE_RATE)), 0);
        break;
    case STUB_MODEM:
        stub_modem_step(s);
        break;
    default:
        stub_request_finish(s, abort_upload(s), 0);
        break;
    }
}

bool stub_request_has_work(const struct stub_session *s) {
    return s->request.type != 0 && !s->outbox[STUB_OUT_DIGESTS];
}

bool stub_request_excludes_records(const struct stub_session *s) {
    return s->request.type != 0 && s->request.type != STUB_GET_DIGESTS;
}
