/* The stream's positions: order, gaps, duplicates, credit. Records are another test's: here the stream is never worked
 * on. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "upload.h"
#include "wire.h"

static struct board board;
static struct host host;
static const uint8_t HASH[32];

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    host_init(&host, &board, 9);
    host_hello(&host);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, 2 * BOARD_PAGE, HASH, HASH));
}

static uint8_t byte_at(uint32_t offset) {
    return (uint8_t)(offset * 13 + offset / 256);
}

/* DATA of the stream's bytes, given to the session but not worked on. */
static void give(uint32_t start, uint32_t end) {
    static uint8_t payload[4 + 1024];
    static uint8_t wire[2048];
    stub_put_le32(payload, start);
    for (uint32_t i = start; i != end; i++) {
        payload[4 + i - start] = byte_at(i);
    }
    host_give(&host, wire, host_frame(&host, wire, STUB_DATA, payload, 4 + end - start));
}

struct step {
    uint32_t start;
    uint32_t end;
};

struct order {
    const char *name;
    struct step steps[12];
    uint32_t received;
    unsigned ranges;
    uint32_t duplicates;
    uint32_t dropped;
};

static const struct order ORDERS[] = {
    {"in order", {{0, 100}, {100, 200}}, 200, 0, 0, 0},
    {"a gap", {{0, 100}, {200, 300}}, 100, 1, 0, 0},
    {"a gap is filled", {{0, 100}, {200, 300}, {100, 200}}, 300, 0, 0, 0},
    {"backwards", {{200, 300}, {100, 200}, {0, 100}}, 300, 0, 0, 0},
    {"the same again", {{0, 100}, {0, 100}}, 100, 0, 1, 0},
    {"the same again beyond a gap", {{50, 100}, {60, 90}, {50, 100}}, 0, 1, 2, 0},
    {"cut differently", {{0, 100}, {50, 150}, {149, 151}}, 151, 0, 0, 0},
    {"one covers several", {{10, 20}, {30, 40}, {50, 60}, {0, 100}}, 100, 0, 0, 0},
    {"one bridges two", {{10, 20}, {30, 40}, {15, 35}}, 0, 1, 0, 0},
    {"touching ones join", {{10, 20}, {30, 40}, {20, 30}}, 0, 1, 0, 0},
    {"eight ranges", {{10, 11}, {20, 21}, {30, 31}, {40, 41}, {50, 51}, {60, 61}, {70, 71}, {80, 81}}, 0, 8, 0, 0},
    {"a ninth is dropped",
     {{10, 11}, {20, 21}, {30, 31}, {40, 41}, {50, 51}, {60, 61}, {70, 71}, {80, 81}, {90, 91}},
     0,
     8,
     0,
     1},
    {"a ninth that joins is not",
     {{10, 11}, {20, 21}, {30, 31}, {40, 41}, {50, 51}, {60, 61}, {70, 71}, {80, 81}, {81, 91}},
     0,
     8,
     0,
     0},
    {"nor one in order",
     {{10, 11}, {20, 21}, {30, 31}, {40, 41}, {50, 51}, {60, 61}, {70, 71}, {80, 81}, {0, 5}, {5, 10}},
     11,
     7,
     0,
     0},
    {"beyond the credit", {{BOARD_RING - 10, BOARD_RING + 1}}, 0, 0, 0, 1},
    {"up to the credit", {{BOARD_RING - 10, BOARD_RING}}, 0, 1, 0, 0},
    {"far beyond", {{0x80000000u, 0x80000001u}}, 0, 0, 0, 1},
    {"past the last offset", {{UINT32_MAX - 1, 1}}, 0, 0, 0, 1},
    {"at the last offset", {{UINT32_MAX - 1, UINT32_MAX}}, 0, 0, 0, 1},
};

static void takes_data_in_any_order(void) {
    for (size_t i = 0; i < sizeof ORDERS / sizeof ORDERS[0]; i++) {
        const struct order *o = &ORDERS[i];
        fresh(o->name);
        for (const struct step *step = o->steps; step->end != 0; step++) {
            give(step->start, step->end);
        }
        const struct stub_upload *u = &board.session.upload;
        struct stub_counters counters = stub_session_counters(&board.session);
        CHECK_EQ(o->received, u->received);
        CHECK_EQ(o->ranges, u->stretch_count);
        CHECK_EQ(o->duplicates, counters.duplicates);
        CHECK_EQ(o->dropped, counters.dropped);
        for (unsigned r = 1; r < u->stretch_count; r++) {
            CHECK(u->stretch[r - 1].end < u->stretch[r].start);
        }
    }
}

/* Consumes in odd sizes, so that the ring wraps in the middle of fragments and of reads; loses and repeats some. */
static void delivers_the_stream_through_a_wrapping_ring(void) {
    uint32_t sent = 0;
    uint32_t consumed = 0;
    uint8_t bytes[701];
    fresh("delivers_the_stream_through_a_wrapping_ring");
    while (consumed < 5 * BOARD_RING) {
        uint32_t credit = board.session.upload.credit;
        CHECK(credit - consumed <= BOARD_RING);
        while (credit - sent >= 999) {
            if (credit - sent >= 2 * 999) {
                give(sent + 999, sent + 2 * 999);
            }
            give(sent, sent + 999);
            sent = board.session.upload.received;
        }
        uint32_t n = stub_upload_consume(&board.session, bytes, sizeof bytes);
        CHECK(n > 0);
        for (uint32_t i = 0; i < n; i++) {
            if (bytes[i] != byte_at(consumed + i)) {
                CHECK(!"a byte differs");
                return;
            }
        }
        consumed += n;
        stub_upload_raise_credit(&board.session);
    }
}

/* What is lost does not cost credit: after any number of repaired losses it is what was consumed and the ring. */
static void credit_does_not_leak(void) {
    uint8_t bytes[400];
    fresh("credit_does_not_leak");
    for (uint32_t at = 0; at < 20 * BOARD_RING; at += 400) {
        give(at + 200, at + 400); /* the one before was lost */
        give(at, at + 200);
        CHECK_EQ(400, stub_upload_consume(&board.session, bytes, sizeof bytes));
        stub_upload_raise_credit(&board.session);
        CHECK_EQ(at + 400 + BOARD_RING, board.session.upload.credit);
    }
}

static void credit_is_what_the_line_holds_too(void) {
    check_begin("credit_is_what_the_line_holds_too");
    board_init(&board);
    board.config.line_capacity = 1000;
    board_restart(&board);
    host_init(&host, &board, 9);
    host_hello(&host);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, 2 * BOARD_PAGE, HASH, HASH));
    CHECK_EQ(1000, board.session.upload.credit);
    give(300, 400);
    CHECK_EQ(1000, board.session.upload.credit);
    give(0, 300);
    CHECK_EQ(1400, board.session.upload.credit);
}

static void credit_stops_at_the_last_offset(void) {
    fresh("credit_stops_at_the_last_offset");
    struct stub_upload *u = &board.session.upload;
    u->consumed = u->received = UINT32_MAX - 100;
    stub_upload_raise_credit(&board.session);
    CHECK_EQ(UINT32_MAX, u->credit);
    give(UINT32_MAX - 100, UINT32_MAX);
    CHECK_EQ(UINT32_MAX, u->received);
    stub_upload_raise_credit(&board.session);
    CHECK_EQ(UINT32_MAX, u->credit);
}

/* SPEC.md section 6.4: which DATA is answered by STATUS. */
static void reports_gaps_and_quarters(void) {
    fresh("reports_gaps_and_quarters");
    host_collect(&host);
    host.answer_count = 0;
    give(0, 100);
    host_collect(&host);
    CHECK_EQ(0, host.answer_count);
    give(200, 300);
    host_collect(&host);
    CHECK_EQ(1, host_last_status(&host).ranges);
    CHECK_EQ(100, host_last_status(&host).received);
    host.answer_count = 0;
    give(100, 200);
    host_collect(&host);
    CHECK(host_last_status(&host).came);
    CHECK_EQ(300, host_last_status(&host).received);

    host.answer_count = 0;
    host.number++; /* a frame is lost */
    give(300, 301);
    host_collect(&host);
    CHECK_EQ((uint16_t)(host.number - 1), host_last_status(&host).last_number);

    host.answer_count = 0;
    uint32_t at = 301;
    for (; host.answer_count == 0 && at < 8000; at += 100) {
        give(at, at + 100);
        host_collect(&host);
    }
    CHECK(host_last_status(&host).came);
    CHECK(at - 301 <= 16382 / 4 + 200);
}

static void repeated_frames_do_not_take_the_number_back(void) {
    static uint8_t wire[256];
    fresh("repeated_frames_do_not_take_the_number_back");
    host.number = UINT16_MAX; /* the number wraps too */
    board.session.last_number = UINT16_MAX - 1;
    size_t count = host_frame(&host, wire, STUB_PING, NULL, 0);
    host_give(&host, wire, count);
    CHECK_EQ(0, host_status(&host).last_number);
    host_give(&host, wire, count);
    host_settle(&host);
    CHECK_EQ(0, host_last_status(&host).last_number);
}

int main(void) {
    takes_data_in_any_order();
    delivers_the_stream_through_a_wrapping_ring();
    credit_does_not_leak();
    credit_is_what_the_line_holds_too();
    credit_stops_at_the_last_offset();
    reports_gaps_and_quarters();
    repeated_frames_do_not_take_the_number_back();
    return check_summary("test_upload");
}
