/* Deflated records: each kind of dictionary, what is malformed, a board that does not hold what the host believed. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "wire.h"

#define OWN_LENGTH 3796u /* bytes of page 1; the rest is blank */
#define ABOVE 5u         /* a page of the slot that this upload does not touch */

// clang-format off
/* zlib's, level 9: page 1 with page 0 before it, page 2 with the four segments of SEGMENTS */
static const uint8_t OWN[] = {
    0xED, 0xD9, 0x31, 0x11, 0x00, 0x00, 0x08, 0x03, 0x31, 0x0F, 0x68, 0xE9, 0x8A, 0x7F, 0x5B, 0x88,
    0x60, 0xE8, 0x12, 0x17, 0x9F, 0x7B, 0xAE, 0xE7, 0x7A, 0xAE, 0xE7, 0x7A, 0xAE, 0xE7, 0x7A, 0xAE,
    0xE7, 0x7A, 0xAE, 0xE7, 0x7A, 0xAE, 0xEF, 0xB9, 0x7E, 0xB2, 0x8E, 0x9C, 0x72, 0x57, 0xEE, 0x8F,
    0x72, 0x3F,
};
static const uint8_t NAMED[] = {
    0xED, 0xDA, 0x01, 0x09, 0x00, 0x00, 0x00, 0x02, 0xA0, 0xFF, 0xAF, 0x9B, 0x11, 0x85, 0x37, 0xC4,
    0x75, 0xA7, 0xA4, 0x93, 0x74, 0x92, 0x4E, 0xD2, 0x49, 0x3A, 0x49, 0x27, 0xE9, 0xE4, 0xBE, 0x4E,
    0x7A, 0x1E, 0x9E, 0x87, 0xE7, 0xF1, 0xFF, 0x3C, 0xF8, 0x02, 0x5F, 0xE0, 0x0B, 0x7D, 0x5F, 0x08,
};
// clang-format on

static const struct stub_range SEGMENTS[] = {
    {BOARD_ELSEWHERE, 1200},
    {BOARD_ELSEWHERE + 7900, 292},
    {0x80000 + ABOVE * BOARD_PAGE, BOARD_PAGE},
    {0x80000, 1000},
};

static struct board board;
static struct host host;
static uint8_t pages[3][BOARD_PAGE];
static uint8_t record[STUB_RECORD_HEADER + BOARD_PAGE_MAX];
static const uint8_t HASH[32];

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    board.config.identity.readable[1] = (struct stub_range){0x80000, BOARD_SIZE};
    board_restart(&board);
    uint8_t *above = board.flash + ABOVE * BOARD_PAGE;
    check_noise(pages[0], BOARD_PAGE, 11);
    check_noise(board.elsewhere, sizeof board.elsewhere, 12);
    check_noise(above, BOARD_PAGE, 13);
    memset(pages[1], 0xFF, BOARD_PAGE);
    memcpy(pages[1], pages[0] + 40, 2960);
    memcpy(pages[1] + 2960, "\x12\x34", 2);
    memcpy(pages[1] + 2962, pages[0], OWN_LENGTH - 2962);
    memcpy(pages[2], board.elsewhere + 8000, 192);
    memcpy(pages[2] + 192, above + 10, 2000);
    memcpy(pages[2] + 2192, board.elsewhere + 100, 1000);
    memcpy(pages[2] + 3192, pages[0], 904);
    host_init(&host, &board, 0x44);
    host_hello(&host);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, 3 * BOARD_PAGE, HASH, HASH));
}

/* Makes a record of page's digest with other bytes and kind; returns its size. */
static size_t packed(uint8_t kind, uint16_t page, const uint8_t *bytes, size_t count) {
    host_record(&host, record, 0, page, pages[page], BOARD_PAGE);
    record[0] = kind;
    stub_put_le16(record + 4, (uint16_t)count);
    memcpy(record + STUB_RECORD_HEADER, bytes, count);
    return STUB_RECORD_HEADER + count;
}

static size_t named(const struct stub_range *segments, unsigned count) {
    uint8_t bytes[BOARD_PAGE];
    uint8_t *at = bytes;
    *at++ = (uint8_t)count;
    for (unsigned i = 0; i < count; i++, at += STUB_SEGMENT_SIZE) {
        stub_put_le32(at, segments[i].base);
        stub_put_le16(at + 4, (uint16_t)segments[i].length);
    }
    memcpy(at, NAMED, sizeof NAMED);
    return packed(STUB_RECORD_DEFLATE_DICTIONARY, 2, bytes, (size_t)(at - bytes) + sizeof NAMED);
}

static uint32_t send(uint32_t offset, size_t count) {
    host_stream(&host, offset, record, count);
    return offset + (uint32_t)count;
}

static uint32_t send_page_0(void) {
    return send(0, host_record(&host, record, 0, 0, pages[0], BOARD_PAGE));
}

static void pages_come_out_as_they_went_in(void) {
    fresh("pages_come_out_as_they_went_in");
    uint32_t offset = send_page_0();
    offset = send(offset, packed(STUB_RECORD_DEFLATE, 1, OWN, sizeof OWN));
    send(offset, named(SEGMENTS, 4));
    struct status status = host_status(&host);
    CHECK_EQ(3, status.durable);
    CHECK_EQ(0, status.refused);
    CHECK_BYTES(pages, board.flash, sizeof pages);
    CHECK(sizeof OWN < 100);
    CHECK(sizeof NAMED < 100);
}

/* The last fragment is late: nothing happens until it is there, and the stream waits behind it. */
static void a_record_in_pieces_waits_for_its_end(void) {
    fresh("a_record_in_pieces_waits_for_its_end");
    uint32_t offset = send_page_0();
    size_t count = packed(STUB_RECORD_DEFLATE, 1, OWN, sizeof OWN);
    host_stream(&host, offset, record, count - 1);
    CHECK_EQ(1, host_status(&host).durable);
    host_stream(&host, offset + (uint32_t)count - 1, record + count - 1, 1);
    CHECK_EQ(2, host_status(&host).durable);
}

static void another_byte_on_the_board_is_refused_in_ram(uint8_t *byte, size_t count) {
    *byte ^= 1;
    uint32_t operations = board.operations;
    send(host_status(&host).received, count);
    struct status status = host_status(&host);
    CHECK_EQ(STUB_RECEIVING, status.state);
    CHECK_EQ(1, status.refused);
    CHECK_EQ(operations, board.operations);
}

static void a_wrong_guess_is_seen_before_anything_is_erased(void) {
    fresh("a_wrong_guess: elsewhere");
    send_page_0();
    another_byte_on_the_board_is_refused_in_ram(&board.elsewhere[500], named(SEGMENTS, 4));
    fresh("a_wrong_guess: slot");
    send_page_0();
    another_byte_on_the_board_is_refused_in_ram(&board.flash[ABOVE * BOARD_PAGE + 500], named(SEGMENTS, 4));
    fresh("a_wrong_guess: the page before");
    send_page_0();
    another_byte_on_the_board_is_refused_in_ram(&board.flash[1000], packed(STUB_RECORD_DEFLATE, 1, OWN, sizeof OWN));
}

static void is_malformed(const char *name, const struct stub_range *segments, unsigned count) {
    fresh(name);
    uint32_t offset = send_page_0();
    uint32_t operations = board.operations;
    send(offset, named(segments, count));
    CHECK_EQ(STUB_FAILED, host_last_status(&host).state);
    CHECK_EQ(STUB_MALFORMED, host_last_status(&host).code);
    CHECK_EQ(operations, board.operations);
}

static void segments_lie_where_the_stub_can_read(void) {
    struct stub_range segments[STUB_SEGMENTS_MAX + 1];
    is_malformed("no segment", SEGMENTS, 0);
    memset(segments, 0, sizeof segments);
    memcpy(segments, SEGMENTS, sizeof SEGMENTS);
    segments[4] = SEGMENTS[0];
    is_malformed("five segments", segments, 5);
    segments[1].length = 293;
    is_malformed("one byte behind the range", segments, 4);
    segments[1] = (struct stub_range){BOARD_ELSEWHERE - 1, 292};
    is_malformed("one byte before the range", segments, 4);
    segments[1] = (struct stub_range){UINT32_MAX - 10, 292};
    is_malformed("around the end of the address space", segments, 4);
    segments[1] = (struct stub_range){BOARD_ELSEWHERE, 0};
    is_malformed("a segment of nothing", segments, 4);
    segments[1] = (struct stub_range){0x80000, 32000};
    is_malformed("more than the window", segments, 4);
}

static void what_is_no_deflate_stream_ends_the_upload(void) {
    fresh("what_is_no_deflate_stream_ends_the_upload");
    uint32_t offset = send_page_0();
    send(offset, packed(STUB_RECORD_DEFLATE, 1, OWN, sizeof OWN - 1));
    CHECK_EQ(STUB_FAILED, host_last_status(&host).state);
    CHECK_EQ(STUB_MALFORMED, host_last_status(&host).code);
    CHECK_EQ(1, host_last_status(&host).page);
}

static void a_flash_that_cannot_be_read_ends_the_upload(void) {
    fresh("a_flash_that_cannot_be_read_ends_the_upload");
    uint32_t offset = send_page_0();
    board.read_fails = true;
    send(offset, packed(STUB_RECORD_DEFLATE, 1, OWN, sizeof OWN));
    CHECK_EQ(STUB_FAILED, host_last_status(&host).state);
    CHECK_EQ(STUB_READ_FAILED, host_last_status(&host).code);
}

int main(void) {
    pages_come_out_as_they_went_in();
    a_record_in_pieces_waits_for_its_end();
    a_wrong_guess_is_seen_before_anything_is_erased();
    segments_lie_where_the_stub_can_read();
    what_is_no_deflate_stream_ends_the_upload();
    a_flash_that_cannot_be_read_ends_the_upload();
    return check_summary("unpack");
}
