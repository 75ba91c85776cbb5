/* Calls of the platform that fail at the worst moment, and lists that are full. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "notice.h"
#include "sha256.h"
#include "wire.h"

static struct board board;
static struct host host;
static uint8_t page[BOARD_PAGE];
static uint8_t sha256[STUB_HASH_SIZE];
static struct stub_port real;
static unsigned boot_states_until_failure;

static void fresh(const char *name) {
    struct stub_sha256 sha;
    check_begin(name);
    board_init(&board);
    real = board.port;
    check_noise(page, sizeof page, 1);
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, page, sizeof page);
    stub_sha256_end(&sha, sha256);
    host_init(&host, &board, 0x11);
    host_hello(&host);
}

static void upload(void) {
    uint8_t record[STUB_RECORD_HEADER + BOARD_PAGE];
    CHECK_EQ(STUB_OK, host_begin(&host, 0, BOARD_PAGE, sha256, sha256));
    host_stream(&host, 0, record, host_record(&host, record, 0, 0, page, BOARD_PAGE));
    CHECK_EQ(STUB_OK, host_request(&host, STUB_VERIFY, NULL, 0));
}

static int named(uint8_t type, const uint8_t *hash) {
    uint8_t rest[STUB_BOOT_ID_SIZE + STUB_HASH_SIZE];
    memcpy(rest, board.config.boot_id, STUB_BOOT_ID_SIZE);
    memcpy(rest + STUB_BOOT_ID_SIZE, hash, STUB_HASH_SIZE);
    return host_request(&host, type, rest, sizeof rest);
}

static int mark_and_fail(void *context) {
    real.mark_pending(context);
    return -1;
}

static int confirm_and_fail(void *context) {
    (void)context;
    return -1;
}

static int boot_state_until(void *context, struct stub_boot_state *state) {
    return boot_states_until_failure-- == 0 ? -1 : real.boot_state(context, state);
}

static void nothing_is_pending(void) {
    CHECK_EQ(STUB_SLOT_BLANK, board.boot.slot);
    CHECK_EQ(0xFF, board.flash[BOARD_SIZE - 1]);
    CHECK_EQ(STUB_VERIFIED, host_status(&host).state);
}

static void a_mark_that_fails_leaves_nothing_pending(void) {
    fresh("a_mark_that_fails_leaves_nothing_pending");
    upload();
    board.port.mark_pending = mark_and_fail;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_MARK, sha256));
    nothing_is_pending();
    board.port = real;
    CHECK_EQ(STUB_OK, named(STUB_MARK, sha256));
}

static void a_mark_that_cannot_be_read_back_leaves_nothing_pending(void) {
    fresh("a_mark_that_cannot_be_read_back_leaves_nothing_pending");
    upload();
    board.port.boot_state = boot_state_until;
    boot_states_until_failure = 0;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_MARK, sha256));
    nothing_is_pending();
}

static void a_confirmation_that_fails_is_told(void) {
    fresh("a_confirmation_that_fails_is_told");
    board.boot.running = STUB_RUNNING_ON_TRIAL;
    board.port.confirm = confirm_and_fail;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_CONFIRM, board.config.identity.image_hash));
    board.port.confirm = real.confirm;
    board.port.boot_state = boot_state_until;
    boot_states_until_failure = 1;
    CHECK_EQ(STUB_BOOT_FAILED, named(STUB_CONFIRM, board.config.identity.image_hash));
}

static void a_full_list_of_rates_ends(void) {
    uint8_t rest[4];
    fresh("a_full_list_of_rates_ends");
    for (uint32_t i = 0; i < STUB_RATES_MAX; i++) {
        board.config.rates[i] = 100000 * (i + 1);
    }
    board_restart(&board);
    host_hello(&host);
    stub_put_le32(rest, 999999);
    CHECK_EQ(STUB_RANGE, host_request(&host, STUB_RATE, rest, sizeof rest));
    stub_put_le32(rest, 100000 * STUB_RATES_MAX);
    CHECK_EQ(STUB_OK, host_request(&host, STUB_RATE, rest, sizeof rest));
}

/* The newest of a full queue is no page: the page's event is the one that can be spared. */
static void a_page_waits_for_no_place_in_a_full_queue(void) {
    struct stub_event event;
    fresh("a_page_waits_for_no_place_in_a_full_queue");
    while (stub_session_poll(&board.session, &event)) {
    }
    for (uint8_t i = 0; i < STUB_EVENTS_MAX; i++) {
        stub_notice_event(&board.session, STUB_EVENT_VERIFIED, i, 0);
    }
    stub_notice_event(&board.session, STUB_EVENT_PAGE_DURABLE, 0, 7);
    for (uint8_t i = 0; i < STUB_EVENTS_MAX; i++) {
        CHECK(stub_session_poll(&board.session, &event));
        CHECK_EQ(STUB_EVENT_VERIFIED, event.type);
        CHECK_EQ(i, event.code);
    }
    CHECK(!stub_session_poll(&board.session, &event));
}

int main(void) {
    a_mark_that_fails_leaves_nothing_pending();
    a_mark_that_cannot_be_read_back_leaves_nothing_pending();
    a_confirmation_that_fails_is_told();
    a_full_list_of_rates_ends();
    a_page_waits_for_no_place_in_a_full_queue();
    return check_summary("test_corners");
}
