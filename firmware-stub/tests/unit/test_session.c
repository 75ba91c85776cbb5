/* A whole update on a clean line, and what the stub says to a host that does things out of order. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "sha256.h"
#include "wire.h"

#define IMAGE_SIZE (3 * BOARD_PAGE + 1000)

static struct board board;
static struct host host;
static uint8_t image[4 * BOARD_PAGE]; /* the last page padded with 0xFF */
static uint8_t image_sha256[32];
static const uint8_t IMAGE_HASH[32] = {0x11, 0x22};

static void sha256(const uint8_t *bytes, size_t count, uint8_t *hash) {
    struct stub_sha256 sha;
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, bytes, count);
    stub_sha256_end(&sha, hash);
}

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    memset(image, 0xFF, sizeof image);
    for (uint32_t i = 0; i < IMAGE_SIZE; i++) {
        image[i] = i / BOARD_PAGE == 1 ? 0xFF : (uint8_t)(i * 7 + i / 256);
    }
    sha256(image, IMAGE_SIZE, image_sha256);
    host_init(&host, &board, 0x42);
    host_hello(&host);
}

/* The stream of the whole image; page 1 is blank. */
static size_t whole_stream(uint8_t *into) {
    size_t at = host_record(&host, into, 0, 0, image, BOARD_PAGE);
    at += host_record(&host, into + at, 0, 1, image + BOARD_PAGE, 0);
    at += host_record(&host, into + at, STUB_RECORD_FORCE_ERASE, 2, image + 2 * BOARD_PAGE, BOARD_PAGE);
    return at + host_record(&host, into + at, 0, 3, image + 3 * BOARD_PAGE, 1000);
}

static int begin(uint8_t flags) {
    return host_begin(&host, flags, IMAGE_SIZE, image_sha256, IMAGE_HASH);
}

static int mark(void) {
    uint8_t rest[40];
    memcpy(rest, board.config.boot_id, 8);
    memcpy(rest + 8, image_sha256, 32);
    return host_request(&host, STUB_MARK, rest, sizeof rest);
}

static bool next_event(enum stub_event_type type, uint16_t page) {
    struct stub_event event;
    return stub_session_poll(&board.session, &event) && event.type == type && event.page == page;
}

static void updates_on_a_clean_line(void) {
    static uint8_t stream[5 * BOARD_PAGE];
    fresh("updates_on_a_clean_line");
    CHECK(host_answer(&host, STUB_BOOTED) != NULL);
    const struct answer *welcome = host_answer(&host, STUB_WELCOME);
    CHECK(welcome != NULL && welcome->payload[0] == 1 && welcome->number == 0);
    CHECK(next_event(STUB_EVENT_SESSION_OPENED, 0));

    CHECK_EQ(STUB_OK, begin(0));
    CHECK(next_event(STUB_EVENT_UPLOAD_BEGUN, 0));

    size_t count = whole_stream(stream);
    host_stream(&host, 0, stream, count);
    struct status status = host_status(&host);
    CHECK_EQ(STUB_RECEIVING, status.state);
    CHECK_EQ(count, status.received);
    CHECK_EQ(count + BOARD_RING, status.credit);
    CHECK_EQ(4, status.durable);
    CHECK_EQ(1, status.erased);
    CHECK_BYTES(image, board.flash, sizeof image);
    for (uint16_t page = 0; page < 4; page++) {
        CHECK(next_event(STUB_EVENT_PAGE_DURABLE, page));
    }

    CHECK_EQ(STUB_STATE, mark());
    CHECK_EQ(STUB_OK, host_request(&host, STUB_VERIFY, NULL, 0));
    CHECK(next_event(STUB_EVENT_VERIFIED, 0));
    CHECK_EQ(STUB_OK, mark());
    CHECK(next_event(STUB_EVENT_MARKED, 0));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, board.boot.slot);
    CHECK_EQ(STUB_OK, host_request(&host, STUB_RESET, board.config.boot_id, 8));
    CHECK(next_event(STUB_EVENT_RESET, 0));
}

int main(void) {
    updates_on_a_clean_line();
    return check_summary("test_session");
}
