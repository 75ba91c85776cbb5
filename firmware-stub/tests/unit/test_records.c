/* Records into flash: what is refused, what is malformed, what a failing flash leads to, and how often a page is
 * erased. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "wire.h"

static struct board board;
static struct host host;
static uint8_t page[BOARD_PAGE_MAX];
static uint8_t stream[STUB_RECORD_HEADER + BOARD_PAGE_MAX];
static const uint8_t HASH[32];

static void begin(uint32_t image_size) {
    host_init(&host, &board, 0x33);
    host_hello(&host);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, image_size, HASH, HASH));
    for (uint32_t i = 0; i < board.config.slot.page_size; i++) {
        page[i] = (uint8_t)(i * 5 + i / 256);
    }
}

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    begin(3 * BOARD_PAGE);
}

static void send_at(uint32_t offset, size_t count) {
    host_stream(&host, offset, stream, count);
}

struct malformed {
    const char *name;
    uint8_t header[6]; /* kind, flags, page, length */
};

static const struct malformed MALFORMED[] = {
    {"deflate that is none", {2, 0, 0, 0, 16, 0}},
    {"deflate with no dictionary where one belongs", {3, 0, 0, 0, 16, 0}},
    {"kind unknown", {255, 0, 0, 0, 16, 0}},
    {"flag unknown", {0, 2, 0, 0, 16, 0}},
    {"flag unknown beside a known one", {1, 0x81, 0, 0, 0, 0}},
    {"page beyond the image", {0, 0, 3, 0, 16, 0}},
    {"last page number", {0, 0, 0xFF, 0xFF, 16, 0}},
    {"raw longer than a page", {0, 0, 0, 0, 0x01, 0x10}},
    {"raw of no bytes", {0, 0, 0, 0, 0, 0}},
    {"raw of the longest length", {0, 0, 0, 0, 0xFF, 0xFF}},
    {"blank with bytes", {1, 0, 0, 0, 1, 0}},
};

static void ends_the_upload_at_a_malformed_record(void) {
    for (size_t i = 0; i < sizeof MALFORMED / sizeof MALFORMED[0]; i++) {
        struct stub_event event;
        fresh(MALFORMED[i].name);
        memset(stream, 0, sizeof stream);
        memcpy(stream, MALFORMED[i].header, sizeof MALFORMED[i].header);
        send_at(0, STUB_RECORD_HEADER + 20);
        struct status status = host_last_status(&host);
        CHECK_EQ(STUB_FAILED, status.state);
        CHECK_EQ(STUB_MALFORMED, status.code);
        CHECK_EQ(stub_get_le16(MALFORMED[i].header + 2), status.page);
        CHECK_EQ(0, board.operations);
        CHECK(stub_session_poll(&board.session, &event) && event.type == STUB_EVENT_SESSION_OPENED);
        CHECK(stub_session_poll(&board.session, &event) && event.type == STUB_EVENT_UPLOAD_BEGUN);
        CHECK(stub_session_poll(&board.session, &event) && event.type == STUB_EVENT_FAILED);
        CHECK_EQ(STUB_MALFORMED, event.code);
    }
}

static void refuses_a_page_whose_digest_differs(void) {
    fresh("refuses_a_page_whose_digest_differs");
    size_t count = host_record(&host, stream, STUB_RECORD_FORCE_ERASE, 1, page, BOARD_PAGE);
    stream[1000] ^= 1;
    send_at(0, count);
    struct status status = host_status(&host);
    CHECK_EQ(STUB_RECEIVING, status.state);
    CHECK_EQ(1, status.refused);
    CHECK_EQ(0, status.durable);
    CHECK_EQ(0, board.operations);

    stream[1000] ^= 1; /* the host sends it again, further along */
    send_at((uint32_t)count, count);
    status = host_status(&host);
    CHECK_EQ(1, status.refused);
    CHECK_EQ(1, status.durable);
    CHECK_BYTES(page, board.flash + BOARD_PAGE, BOARD_PAGE);
}

static void erases_only_what_needs_it(void) {
    fresh("erases_only_what_needs_it");
    send_at(0, host_record(&host, stream, 0, 0, page, BOARD_PAGE));
    CHECK_EQ(0, board.erases[0]);
    CHECK_EQ(1, host_status(&host).durable);
    uint32_t at = host_status(&host).received;
    send_at(at, host_record(&host, stream, 0, 0, page, BOARD_PAGE)); /* not blank now */
    CHECK_EQ(1, board.erases[0]);
    at = host_status(&host).received;
    send_at(at, host_record(&host, stream, STUB_RECORD_FORCE_ERASE, 1, page, BOARD_PAGE));
    CHECK_EQ(1, board.erases[1]);
    CHECK_EQ(2, host_status(&host).erased);
    CHECK_EQ(3, host_status(&host).durable);
}

static void blanks_a_page(void) {
    static uint8_t blank[BOARD_PAGE];
    fresh("blanks_a_page");
    memset(blank, 0xFF, sizeof blank);
    send_at(0, host_record(&host, stream, 0, 2, blank, 0));
    CHECK_EQ(0, board.operations);
    board.flash[2 * BOARD_PAGE + 4095] = 0;
    send_at(STUB_RECORD_HEADER, host_record(&host, stream, 0, 2, blank, 0));
    CHECK_EQ(1, board.operations);
    CHECK_EQ(2, host_status(&host).durable);
    CHECK_BYTES(blank, board.flash + 2 * BOARD_PAGE, BOARD_PAGE);
}

static void pads_the_last_page(void) {
    fresh("pads_the_last_page");
    memset(page + 100, 0xFF, BOARD_PAGE - 100);
    memset(board.page, 0, BOARD_PAGE); /* what was there before does not show */
    send_at(0, host_record(&host, stream, 0, 2, page, 100));
    CHECK_EQ(1, host_status(&host).durable);
    CHECK_EQ(1, board.operations);
    CHECK_BYTES(page, board.flash + 2 * BOARD_PAGE, BOARD_PAGE);
}

struct broken {
    const char *name;
    bool dirty; /* the page is erased first */
    uint32_t fails_at;
    uint32_t lies_at;
    bool erase_does_nothing;
    bool read_fails;
    uint8_t code;
};

static const struct broken BROKEN[] = {
    {"the erase fails", true, 0, BOARD_NEVER, false, false, STUB_ERASE_FAILED},
    {"the page is not blank after the erase", true, BOARD_NEVER, BOARD_NEVER, true, false, STUB_ERASE_FAILED},
    {"the first program fails", false, 0, BOARD_NEVER, false, false, STUB_PROGRAM_FAILED},
    {"the last program fails", false, 15, BOARD_NEVER, false, false, STUB_PROGRAM_FAILED},
    {"the first byte reads back wrong", false, BOARD_NEVER, BOARD_PAGE, false, false, STUB_PROGRAM_FAILED},
    {"the last byte reads back wrong", false, BOARD_NEVER, 2 * BOARD_PAGE - 1, false, false, STUB_PROGRAM_FAILED},
    {"the flash cannot be read", false, BOARD_NEVER, BOARD_NEVER, false, true, STUB_READ_FAILED},
};

static void ends_the_upload_when_the_flash_fails(void) {
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        const struct broken *broken = &BROKEN[i];
        fresh(broken->name);
        board.flash[BOARD_PAGE + 7] = broken->dirty ? 0 : 0xFF;
        board.fails_at = broken->fails_at;
        board.lies_at = broken->lies_at;
        board.erase_does_nothing = broken->erase_does_nothing;
        board.read_fails = broken->read_fails;
        page[0] = 0; /* so that no 256 bytes are left out */
        page[4095] = 0;
        send_at(0, host_record(&host, stream, 0, 1, page, BOARD_PAGE));
        struct status status = host_status(&host);
        CHECK_EQ(STUB_FAILED, status.state);
        CHECK_EQ(broken->code, status.code);
        CHECK_EQ(1, status.page);
        CHECK_EQ(0, status.durable);
        CHECK_EQ(STUB_STATE, host_request(&host, STUB_VERIFY, NULL, 0));
    }
}

/* The stream is cut anywhere: in a record's header, in its bytes, between two records; worked on in between or not. */
static void decodes_records_however_they_are_cut(void) {
    const size_t whole = 2 * STUB_RECORD_HEADER + 20;
    for (size_t cut = 1; cut < whole; cut++) {
        fresh("decodes_records_however_they_are_cut");
        memset(page + 20, 0xFF, BOARD_PAGE - 20);
        size_t count = host_record(&host, stream, 0, 1, page, 20);
        memset(page, 0xFF, 20);
        count += host_record(&host, stream + count, 0, 0, page, 0);
        CHECK_EQ(whole, count);
        host_stream(&host, 0, stream, cut);
        host_stream(&host, (uint32_t)cut, stream + cut, whole - cut);
        CHECK_EQ(2, host_status(&host).durable);
        CHECK_BYTES(stream + STUB_RECORD_HEADER, board.flash + BOARD_PAGE, 20);
    }
}

/* While one page is worked on, the line brings what the ring holds. */
static void receives_during_page_work(void) {
    static uint8_t next[STUB_RECORD_HEADER + BOARD_PAGE];
    static uint8_t wire[8192];
    uint8_t payload[4 + 1000];
    fresh("receives_during_page_work");
    board.flash[0] = 0;
    size_t count = host_record(&host, stream, 0, 0, page, BOARD_PAGE);
    host_record(&host, next, 0, 1, page, BOARD_PAGE);
    for (size_t at = 0; at < 2 * count; at += 685) { /* 4110 is 6 times 685 */
        stub_put_le32(payload, (uint32_t)at);
        memcpy(payload + 4, at < count ? stream + at : next + at - count, 685);
        host_give(&host, wire, host_frame(&host, wire, STUB_DATA, payload, 4 + 685));
        stub_session_tick(&board.session, board.now_ms);
    }
    CHECK_EQ(0, stub_session_counters(&board.session).dropped + board.session.upload.refused);
    CHECK_EQ(2 * count - 28, board.session.upload.received - 28);
    host_settle(&host);
    CHECK_EQ(2, host_status(&host).durable);
}

/* No step does more than one erase or one slice of programming. */
static void works_in_small_steps(void) {
    fresh("works_in_small_steps");
    board.flash[0] = 0;
    size_t count = host_record(&host, stream, 0, 0, page, BOARD_PAGE);
    memcpy(board.ring, stream, count);
    board.session.upload.received = (uint32_t)count;
    uint32_t at;
    while (stub_session_deadline(&board.session, &at)) {
        uint32_t before = board.operations;
        stub_session_tick(&board.session, board.now_ms);
        CHECK(board.operations - before <= 1);
    }
    CHECK_EQ(1 + BOARD_PAGE / 256, board.operations);
}

static void programs_whole_write_units(void) {
    static const uint8_t UNITS[] = {1, 4, 8, 16, 32};
    for (size_t i = 0; i < sizeof UNITS; i++) {
        check_begin("programs_whole_write_units");
        board_init(&board);
        board.config.slot.write_unit = UNITS[i];
        board_restart(&board);
        begin(3 * BOARD_PAGE);
        memset(page, 0xFF, BOARD_PAGE);
        page[37] = page[41] = page[300] = page[4095] = 1; /* board.c looks at alignment and at bytes written twice */
        send_at(0, host_record(&host, stream, 0, 0, page, BOARD_PAGE));
        CHECK_EQ(1, host_status(&host).durable);
        CHECK_BYTES(page, board.flash, BOARD_PAGE);
    }
}

struct geometry {
    const char *name;
    uint32_t page_size;
    uint32_t image_offset;
};

static const struct geometry GEOMETRIES[] = {
    {"pages of 256", 256, 0},
    {"pages of 256, offset", 256, 256},
    {"pages of 4096, offset", 4096, 4096},
    {"pages of 65536", 65536, 0},
};

static void serves_every_geometry(void) {
    for (size_t i = 0; i < sizeof GEOMETRIES / sizeof GEOMETRIES[0]; i++) {
        const struct geometry *g = &GEOMETRIES[i];
        check_begin(g->name);
        board_init(&board);
        struct stub_slot *slot = &board.config.slot;
        slot->page_size = g->page_size;
        slot->image_offset = g->image_offset;
        slot->size = BOARD_PAGES * g->page_size;
        slot->size_limit = slot->size - slot->image_offset - slot->page_size;
        board.config.memory.ring_size = 2 * g->page_size;
        board_restart(&board);
        board.flash[3] = 0; /* lead page or page 0 */
        begin(3 * g->page_size);
        CHECK_EQ(g->image_offset != 0, board.erases[0]);
        send_at(0, host_record(&host, stream, 0, 0, page, g->page_size));
        CHECK_EQ(1, host_status(&host).durable);
        CHECK_BYTES(page, board.flash + g->image_offset, g->page_size);
    }
}

/* A queue that nobody empties keeps the newest page and what ended the session. */
static void merges_page_events(void) {
    struct stub_event event;
    struct stub_event last = {0};
    struct stub_event before_last = {0};
    unsigned count = 0;
    fresh("merges_page_events");
    memset(page, 0xFF, BOARD_PAGE);
    for (uint32_t i = 0; i < 20; i++) {
        send_at(i * STUB_RECORD_HEADER, host_record(&host, stream, 0, (uint16_t)(i % 3), page, 0));
    }
    CHECK_EQ(STUB_OK, host_request(&host, STUB_ABORT, NULL, 0));
    while (stub_session_poll(&board.session, &event)) {
        before_last = last;
        last = event;
        count++;
    }
    CHECK(before_last.type == STUB_EVENT_PAGE_DURABLE && before_last.page == 19 % 3);
    CHECK_EQ(STUB_EVENTS_MAX, count);
    CHECK_EQ(STUB_EVENT_ABORTED, last.type);
}

int main(void) {
    ends_the_upload_at_a_malformed_record();
    refuses_a_page_whose_digest_differs();
    erases_only_what_needs_it();
    blanks_a_page();
    pads_the_last_page();
    ends_the_upload_when_the_flash_fails();
    decodes_records_however_they_are_cut();
    receives_during_page_work();
    works_in_small_steps();
    programs_whole_write_units();
    serves_every_geometry();
    merges_page_events();
    return check_summary("test_records");
}
