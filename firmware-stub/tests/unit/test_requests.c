/* The requests, one by one: SPEC.md section 5. Which state allows which is test_states.c. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "sha256.h"
#include "siphash.h"
#include "wire.h"

#define TRAILER (BOARD_SIZE - BOARD_PAGE)

static struct board board;
static struct host host;
static const uint8_t HASH[32] = {1};
static const uint8_t IMAGE_HASH[32] = {0xAB, 0xCD};

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    host_init(&host, &board, 0x21);
    host_hello(&host);
}

static uint32_t detail(void) {
    return stub_get_le32(host_answer(&host, STUB_REPLY)->payload + 3);
}

/* ---- tags ---- */

static void answers_a_repeat_with_the_same_reply(void) {
    const uint8_t abort_request[1] = {7};
    fresh("answers_a_repeat_with_the_same_reply");
    board.flash[TRAILER] = 0;
    host_send(&host, STUB_ABORT, abort_request, 1);
    CHECK_EQ(1, board.erases[BOARD_PAGES - 1]);
    board.flash[TRAILER] = 0;
    host_send(&host, STUB_ABORT, abort_request, 1);
    const struct answer *reply = host_answer(&host, STUB_REPLY);
    CHECK(reply != NULL && reply->payload[0] == 7 && reply->payload[2] == STUB_OK);
    CHECK_EQ(1, board.erases[BOARD_PAGES - 1]);
    CHECK_EQ(STUB_OK, (host.tag = 7, host_request(&host, STUB_ABORT, NULL, 0)));
    CHECK_EQ(2, board.erases[BOARD_PAGES - 1]);
}

/* The line may repeat several frames in a row: an old request does not take the place of the one last answered. */
static void an_old_request_that_the_line_repeats_is_dropped(void) {
    const uint8_t digests[5] = {1, 0, 0, 1, 0};
    uint8_t begin[1 + 69] = {2, STUB_BEGIN_NOT_PENDING, 16};
    uint8_t wire[64];
    fresh("an_old_request_that_the_line_repeats_is_dropped");
    size_t count = host_frame(&host, wire, STUB_GET_DIGESTS, digests, sizeof digests);
    host_give(&host, wire, count);
    host_settle(&host);
    host_send(&host, STUB_BEGIN, begin, sizeof begin);
    CHECK_EQ(STUB_OK, host_answer(&host, STUB_REPLY)->payload[2]);
    host.answer_count = 0;
    host_give(&host, wire, count);
    host_settle(&host);
    CHECK(host_answer(&host, STUB_DIGESTS) == NULL);
    host_send(&host, STUB_BEGIN, begin, sizeof begin);
    CHECK_EQ(STUB_OK, host_answer(&host, STUB_REPLY)->payload[2]);
}

static void give(uint8_t type, const uint8_t *payload, size_t count) {
    uint8_t wire[256];
    host_give(&host, wire, host_frame(&host, wire, type, payload, count));
}

static void does_one_at_a_time(void) {
    const uint8_t digests[5] = {1, 0, 0, 7, 0};
    const uint8_t verify[1] = {2};
    fresh("does_one_at_a_time");
    host.answer_count = 0;
    give(STUB_GET_DIGESTS, digests, sizeof digests);
    stub_session_tick(&board.session, board.now_ms);
    give(STUB_GET_DIGESTS, digests, sizeof digests); /* a repeat: STATUS */
    host_collect(&host);
    CHECK_EQ(STUB_GET_DIGESTS, host_last_status(&host).busy);
    CHECK(host_answer(&host, STUB_REPLY) == NULL);
    give(STUB_VERIFY, verify, sizeof verify); /* another: BUSY */
    host_collect(&host);
    CHECK_EQ(STUB_BUSY, host_answer(&host, STUB_REPLY)->payload[2]);
    CHECK_EQ(2, host_answer(&host, STUB_REPLY)->payload[0]);
    host_settle(&host);
    CHECK_EQ(STUB_OK, host_answer(&host, STUB_REPLY)->payload[2]);
    CHECK_EQ(1, host_answer(&host, STUB_REPLY)->payload[0]);
    host_send(&host, STUB_VERIFY, verify, sizeof verify); /* BUSY was not remembered */
    CHECK_EQ(STUB_STATE, host_answer(&host, STUB_REPLY)->payload[2]);
}

static void says_what_it_does_not_understand(void) {
    const uint8_t bytes[3] = {9, 1, 2};
    fresh("says_what_it_does_not_understand");
    host_send(&host, 0x3F, bytes, sizeof bytes);
    const struct answer *reply = host_answer(&host, STUB_REPLY);
    CHECK(reply != NULL && reply->payload[0] == 0 && reply->payload[1] == 0x3F &&
          reply->payload[2] == STUB_UNSUPPORTED);
    host_send(&host, STUB_VERIFY, bytes, sizeof bytes);
    reply = host_answer(&host, STUB_REPLY);
    CHECK(reply != NULL && reply->payload[0] == 9 && reply->payload[2] == STUB_MALFORMED);
    host_send(&host, STUB_VERIFY, NULL, 0);
    reply = host_answer(&host, STUB_REPLY);
    CHECK(reply != NULL && reply->payload[0] == 0 && reply->payload[2] == STUB_MALFORMED);
    host_send(&host, STUB_PING, bytes, sizeof bytes);
    CHECK_EQ(0, host.answer_count);
    host_send(&host, STUB_DATA, bytes, sizeof bytes);
    CHECK_EQ(0, host.answer_count);
    host_send(&host, STUB_STATUS, bytes, sizeof bytes); /* the line's echo */
    CHECK_EQ(0, host.answer_count);
    CHECK_EQ(5, stub_session_counters(&board.session).malformed);
}

/* ---- GET_DIGESTS ---- */

static int digests(uint16_t first, uint16_t count) {
    uint8_t rest[4];
    stub_put_le16(rest, first);
    stub_put_le16(rest + 2, count);
    return host_request(&host, STUB_GET_DIGESTS, rest, sizeof rest);
}

static void digests_are_of_nonce_and_page(void) {
    struct stub_siphash sip;
    uint8_t hash[8];
    fresh("digests_are_of_nonce_and_page");
    board.flash[3 * BOARD_PAGE + 5] = 1;
    CHECK_EQ(STUB_OK, digests(2, 2));
    const struct answer *a = host_answer(&host, STUB_DIGESTS);
    CHECK(a != NULL && a->count == 4 + 16 && a->payload[0] == host.tag && a->payload[1] == 2 && a->payload[3] == 2);
    for (unsigned i = 0; i < 2; i++) {
        stub_siphash_start(&sip, host.nonce);
        stub_siphash_add(&sip, board.flash + (2 + i) * BOARD_PAGE, BOARD_PAGE);
        stub_siphash_end(&sip, hash);
        CHECK_BYTES(hash, a->payload + 4 + 8 * i, 8);
    }
}

static void digests_stay_in_the_slot(void) {
    fresh("digests_stay_in_the_slot");
    CHECK_EQ(STUB_OK, digests(0, 7));
    CHECK_EQ(STUB_RANGE, digests(0, 8)); /* the trailer page */
    CHECK_EQ(STUB_RANGE, digests(7, 1));
    CHECK_EQ(STUB_RANGE, digests(0, 0));
    CHECK_EQ(STUB_RANGE, digests(UINT16_MAX, UINT16_MAX));
    board.read_fails = true;
    CHECK_EQ(STUB_READ_FAILED, digests(0, 1));
    board.read_fails = false;
    board.config.slot.image_offset = BOARD_PAGE;
    board_restart(&board);
    host_hello(&host);
    CHECK_EQ(STUB_OK, digests(5, 1));
    CHECK_EQ(STUB_RANGE, digests(6, 1));
}

static void digests_come_in_batches(void) {
    fresh("digests_come_in_batches");
    board.config.slot = (struct stub_slot){
        .size = 100 * 256, .page_size = 256, .size_limit = 98 * 256, .write_unit = 4, .swap_mode = STUB_SWAP_MOVE};
    board_restart(&board);
    host_hello(&host);
    CHECK_EQ(STUB_OK, digests(0, 61));
    uint16_t next = 0;
    for (unsigned i = 0; i < host.answer_count; i++) {
        const struct answer *a = &host.answers[i];
        if (a->type == STUB_DIGESTS) {
            CHECK_EQ(next, stub_get_le16(a->payload + 1));
            next = (uint16_t)(next + a->payload[3]);
        }
    }
    CHECK_EQ(61, next);
    CHECK_EQ(STUB_REPLY, host.answers[host.answer_count - 1].type);
}

/* ---- BEGIN ---- */

static int begin(uint8_t flags, uint32_t size) {
    return host_begin(&host, flags, size, HASH, IMAGE_HASH);
}

struct begin_case {
    const char *name;
    uint8_t flags;
    uint32_t size;
    enum stub_running_state running;
    bool trailer_dirty;
    int code;
    unsigned trailer_erases;
};

static const struct begin_case BEGINS[] = {
    {"blank slot", 0, 1, STUB_RUNNING_CONFIRMED, false, STUB_OK, 0},
    {"dirty trailer", 0, 1, STUB_RUNNING_CONFIRMED, true, STUB_OK, 1},
    {"blank trailer that may be weak", STUB_BEGIN_ERASE_TRAILER, 1, STUB_RUNNING_CONFIRMED, false, STUB_OK, 1},
    {"running image unknown", 0, 1, STUB_RUNNING_UNKNOWN, true, STUB_OK, 1},
    {"on trial", STUB_BEGIN_ERASE_TRAILER, 1, STUB_RUNNING_ON_TRIAL, true, STUB_ON_TRIAL, 0},
    {"on trial comes before sizes", 0, 0, STUB_RUNNING_ON_TRIAL, true, STUB_ON_TRIAL, 0},
    {"no bytes", 0, 0, STUB_RUNNING_CONFIRMED, true, STUB_RANGE, 0},
    {"largest", 0, 6 * BOARD_PAGE, STUB_RUNNING_CONFIRMED, false, STUB_OK, 0},
    {"larger than MCUboot swaps", 0, 6 * BOARD_PAGE + 1, STUB_RUNNING_CONFIRMED, true, STUB_TOO_LARGE, 0},
    {"up to the trailer", 0, 7 * BOARD_PAGE, STUB_RUNNING_CONFIRMED, true, STUB_TOO_LARGE, 0},
    {"into the trailer", 0, 7 * BOARD_PAGE + 1, STUB_RUNNING_CONFIRMED, true, STUB_RANGE, 0},
    {"the largest number", 0, UINT32_MAX, STUB_RUNNING_CONFIRMED, true, STUB_RANGE, 0},
};

static void begin_makes_the_slot_harmless_first(void) {
    for (size_t i = 0; i < sizeof BEGINS / sizeof BEGINS[0]; i++) {
        const struct begin_case *c = &BEGINS[i];
        fresh(c->name);
        board.boot.running = c->running;
        if (c->trailer_dirty) {
            board.flash[BOARD_SIZE - 1] = 0x77;
            board.boot.slot = STUB_SLOT_PENDING_TEST;
        }
        CHECK_EQ(c->code, begin(c->flags, c->size));
        CHECK_EQ(0, detail());
        CHECK_EQ(c->trailer_erases, board.erases[BOARD_PAGES - 1]);
        CHECK_EQ(c->trailer_erases, board.operations);
        CHECK_EQ(c->code == STUB_OK ? STUB_RECEIVING : STUB_READY, host_status(&host).state);
    }
}

static void begin_reports_a_flash_that_fails(void) {
    fresh("begin_reports_a_flash_that_fails");
    board.flash[TRAILER] = 0;
    board.fails_at = 0;
    CHECK_EQ(STUB_ERASE_FAILED, begin(0, 1));
    CHECK_EQ(STUB_READY, host_status(&host).state);
    board.erase_does_nothing = true;
    CHECK_EQ(STUB_ERASE_FAILED, begin(0, 1));
    board.read_fails = true;
    CHECK_EQ(STUB_READ_FAILED, begin(0, 1));
    board.read_fails = board.erase_does_nothing = false;
    CHECK_EQ(STUB_OK, begin(0, 1));
}

/* An image in the slot, as small as MCUboot's format allows: header, 16 bytes, protected TLVs, TLVs with another one
 * first. */
static void put_image(uint32_t at) {
    uint8_t *image = board.flash + at;
    memset(image, 0, 200);
    stub_put_le32(image, 0x96F3B83Du);
    stub_put_le16(image + 8, 64);
    stub_put_le16(image + 10, 12);
    stub_put_le32(image + 12, 16);
    uint8_t *tlvs = image + 64 + 16 + 12;
    stub_put_le16(tlvs, 0x6907);
    stub_put_le16(tlvs + 2, 4 + 8 + 36);
    stub_put_le16(tlvs + 4, 0x01);
    stub_put_le16(tlvs + 6, 4);
    stub_put_le16(tlvs + 12, 0x10);
    stub_put_le16(tlvs + 14, 32);
    memcpy(tlvs + 16, IMAGE_HASH, 32);
}

struct pending_case {
    const char *name;
    enum stub_slot_state slot;
    uint8_t flags;
    uint32_t spoil; /* offset of a byte that is changed, or BOARD_NEVER */
    uint8_t spoilt;
    bool accepted;
};

static const struct pending_case PENDINGS[] = {
    {"pending test", STUB_SLOT_PENDING_TEST, 0, BOARD_NEVER, 0, true},
    {"pending permanent", STUB_SLOT_PENDING_PERMANENT, 0, BOARD_NEVER, 0, true},
    {"pending, trailer may be weak", STUB_SLOT_PENDING_TEST, STUB_BEGIN_ERASE_TRAILER, BOARD_NEVER, 0, true},
    {"not pending", STUB_SLOT_DIRTY, 0, BOARD_NEVER, 0, false},
    {"not wanted", STUB_SLOT_PENDING_TEST, STUB_BEGIN_NOT_PENDING, BOARD_NEVER, 0, false},
    {"another hash", STUB_SLOT_PENDING_TEST, 0, 92 + 16, 0, false},
    {"no image", STUB_SLOT_PENDING_TEST, 0, 0, 0, false},
    {"no TLVs", STUB_SLOT_PENDING_TEST, 0, 92, 0, false},
    {"hash TLV of another length", STUB_SLOT_PENDING_TEST, 0, 92 + 14, 31, false},
    {"TLVs end before the hash", STUB_SLOT_PENDING_TEST, 0, 92 + 2, 12, false},
    {"TLVs end inside the hash", STUB_SLOT_PENDING_TEST, 0, 92 + 2, 47, false},
    {"TLVs shorter than their header", STUB_SLOT_PENDING_TEST, 0, 92 + 2, 3, false},
    {"TLV beyond the area", STUB_SLOT_PENDING_TEST, 0, 92 + 7, 0xFF, false},
    {"image beyond the slot", STUB_SLOT_PENDING_TEST, 0, 13, 0x80, false},
    {"image that would wrap", STUB_SLOT_PENDING_TEST, 0, 15, 0xFF, false},
};

static void begin_accepts_this_very_image_pending(void) {
    for (size_t i = 0; i < sizeof PENDINGS / sizeof PENDINGS[0]; i++) {
        const struct pending_case *c = &PENDINGS[i];
        fresh(c->name);
        put_image(0);
        if (c->spoil != BOARD_NEVER) {
            board.flash[c->spoil] = c->spoilt;
        }
        board.flash[BOARD_SIZE - 1] = 0x77;
        board.boot.slot = c->slot;
        CHECK_EQ(STUB_OK, begin(c->flags, 300));
        CHECK_EQ(c->accepted ? 1 : 0, detail());
        CHECK_EQ(c->accepted ? 0 : 1, board.erases[BOARD_PAGES - 1]);
    }
}

/* The image is pending, but the host sends a page of it all the same. */
static void a_record_makes_a_pending_slot_harmless(void) {
    static uint8_t record[STUB_RECORD_HEADER + BOARD_PAGE];
    static uint8_t page[BOARD_PAGE];
    fresh("a_record_makes_a_pending_slot_harmless");
    put_image(0);
    board.flash[BOARD_SIZE - 1] = 0x77;
    board.boot.slot = STUB_SLOT_PENDING_TEST;
    CHECK_EQ(STUB_OK, begin(0, 300));
    CHECK_EQ(1, detail());
    memcpy(page, board.flash, BOARD_PAGE);
    size_t count = host_record(&host, record, 0, 0, page, BOARD_PAGE);
    record[20] ^= 1;
    host_stream(&host, 0, record, count); /* refused: nothing happens to the slot */
    CHECK_EQ(STUB_SLOT_PENDING_TEST, board.boot.slot);
    record[20] ^= 1;
    board.fails_at = board.operations + 1; /* power fails between the trailer's erase and the page's */
    host_stream(&host, (uint32_t)count, record, count);
    CHECK_EQ(STUB_SLOT_BLANK, board.boot.slot);
    CHECK_EQ(STUB_FAILED, host_status(&host).state);
}

/* ---- MARK, CONFIRM, RESET, ABORT ---- */

/* A session in VERIFIED, of an image of one byte. */
static void verified(const char *name) {
    uint8_t sha256[32];
    struct stub_sha256 sha;
    const uint8_t byte = 0xFF;
    fresh(name);
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, &byte, 1);
    stub_sha256_end(&sha, sha256);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, 1, sha256, IMAGE_HASH));
    CHECK_EQ(STUB_OK, host_request(&host, STUB_VERIFY, NULL, 0));
    CHECK_EQ(STUB_VERIFIED, host_status(&host).state);
}

static int named(uint8_t type, bool this_start, const uint8_t *hash) {
    uint8_t rest[40];
    memcpy(rest, board.config.boot_id, 8);
    rest[7] ^= this_start ? 0 : 1;
    if (hash != NULL) {
        memcpy(rest + 8, hash, 32);
    }
    return host_request(&host, type, rest, hash != NULL ? 40 : 8);
}

static void mark_wants_this_start_and_this_file(void) {
    verified("mark_wants_this_start_and_this_file");
    uint8_t sha256[32];
    memcpy(sha256, board.session.upload.file_sha256, 32);
    CHECK_EQ(STUB_BOOT_ID, named(STUB_MARK, false, sha256));
    CHECK_EQ(STUB_MISMATCH, named(STUB_MARK, true, HASH));
    CHECK_EQ(STUB_SLOT_BLANK, board.boot.slot);
    board.mark_does_nothing = true;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_MARK, true, sha256));
    board.mark_does_nothing = false;
    CHECK_EQ(STUB_OK, named(STUB_MARK, true, sha256));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, board.boot.slot);
    CHECK_EQ(STUB_OK, named(STUB_MARK, true, sha256)); /* in MARKED */
    CHECK_EQ(STUB_BOOT_ID, named(STUB_MARK, false, sha256));
}

static void verify_reads_the_flash(void) {
    verified("verify_reads_the_flash");
    board.flash[0] = 0xFE;
    CHECK_EQ(STUB_MISMATCH, host_request(&host, STUB_VERIFY, NULL, 0));
    board.read_fails = true;
    CHECK_EQ(STUB_READ_FAILED, host_request(&host, STUB_VERIFY, NULL, 0));
}

static void verify_wants_the_stream_to_be_through(void) {
    const uint8_t half[STUB_RECORD_HEADER] = {STUB_RECORD_RAW, 0, 0, 0, 1, 0};
    const uint8_t tag[1] = {99};
    verified("verify_wants_the_stream_to_be_through");
    uint8_t data[4 + STUB_RECORD_HEADER] = {0};
    memcpy(data + 4, half, sizeof half);
    give(STUB_VERIFY, tag, sizeof tag);
    stub_session_tick(&board.session, board.now_ms);
    give(STUB_DATA, data, sizeof data); /* while the image is hashed */
    host_settle(&host);
    CHECK_EQ(STUB_STATE, host_answer(&host, STUB_REPLY)->payload[2]);
    CHECK_EQ(STUB_RECEIVING, host_status(&host).state);
    CHECK_EQ(STUB_STATE, host_request(&host, STUB_VERIFY, NULL, 0));
    CHECK_EQ(STUB_STATE, named(STUB_MARK, true, board.session.upload.file_sha256));
}

static void confirm_wants_this_start_and_the_running_image(void) {
    const uint8_t *running = board.config.identity.image_hash;
    fresh("confirm_wants_this_start_and_the_running_image");
    board.boot.running = STUB_RUNNING_ON_TRIAL;
    CHECK_EQ(STUB_BOOT_ID, named(STUB_CONFIRM, false, running));
    CHECK_EQ(STUB_IMAGE_HASH, named(STUB_CONFIRM, true, HASH));
    board.confirm_does_nothing = true;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_CONFIRM, true, running));
    board.confirm_does_nothing = false;
    CHECK_EQ(STUB_RUNNING_ON_TRIAL, board.boot.running);
    CHECK_EQ(STUB_OK, named(STUB_CONFIRM, true, running));
    CHECK_EQ(STUB_RUNNING_CONFIRMED, board.boot.running);
    board.confirm_does_nothing = true; /* not asked again */
    CHECK_EQ(STUB_OK, named(STUB_CONFIRM, true, running));
    board.read_fails = true;
    CHECK_EQ(STUB_READ_FAILED, named(STUB_CONFIRM, true, running));
}

static bool reset_is_due(void) {
    struct stub_event event;
    while (stub_session_poll(&board.session, &event)) {
        if (event.type == STUB_EVENT_RESET) {
            return true;
        }
    }
    return false;
}

static void reset_waits_until_the_reply_is_out(void) {
    uint8_t payload[9] = {50};
    uint8_t byte;
    fresh("reset_waits_until_the_reply_is_out");
    CHECK_EQ(STUB_BOOT_ID, named(STUB_RESET, false, NULL));
    CHECK(!reset_is_due());
    memcpy(payload + 1, board.config.boot_id, 8);
    give(STUB_RESET, payload, sizeof payload);
    board_run(&board);
    unsigned zeros = 0;
    while (zeros < 2) {
        CHECK(!reset_is_due());
        CHECK_EQ(1, stub_session_transmit(&board.session, &byte, 1, board.now_ms));
        zeros += byte == 0;
    }
    CHECK(reset_is_due());
    CHECK_EQ(0, stub_session_transmit(&board.session, &byte, 1, board.now_ms));
    host_hello(&host);
    CHECK_EQ(0, host.answer_count);
    CHECK_EQ(STUB_OK, named(STUB_RESET, true, NULL));
}

static void abort_makes_the_slot_harmless(void) {
    verified("abort_makes_the_slot_harmless");
    CHECK_EQ(STUB_OK, named(STUB_MARK, true, board.session.upload.file_sha256));
    board.fails_at = board.operations;
    CHECK_EQ(STUB_ERASE_FAILED, host_request(&host, STUB_ABORT, NULL, 0));
    CHECK_EQ(STUB_MARKED, host_status(&host).state);
    CHECK_EQ(STUB_OK, host_request(&host, STUB_ABORT, NULL, 0));
    CHECK_EQ(STUB_SLOT_BLANK, board.boot.slot);
    CHECK_EQ(STUB_ENDED, host_status(&host).state);
    fresh("abort_leaves_the_image_to_revert_to");
    board.boot.running = STUB_RUNNING_ON_TRIAL;
    board.flash[TRAILER] = 0;
    CHECK_EQ(STUB_ON_TRIAL, host_request(&host, STUB_ABORT, NULL, 0));
    CHECK_EQ(0, board.operations);
}

int main(void) {
    answers_a_repeat_with_the_same_reply();
    an_old_request_that_the_line_repeats_is_dropped();
    does_one_at_a_time();
    says_what_it_does_not_understand();
    digests_are_of_nonce_and_page();
    digests_stay_in_the_slot();
    digests_come_in_batches();
    begin_makes_the_slot_harmless_first();
    begin_reports_a_flash_that_fails();
    begin_accepts_this_very_image_pending();
    a_record_makes_a_pending_slot_harmless();
    mark_wants_this_start_and_this_file();
    verify_reads_the_flash();
    verify_wants_the_stream_to_be_through();
    confirm_wants_this_start_and_the_running_image();
    reset_waits_until_the_reply_is_out();
    abort_makes_the_slot_harmless();
    return check_summary("test_requests");
}
