/* The modem: what WELCOME tells of it, and that bytes reach it once, in order, and only where an open write goes on. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "wire.h"

#define AREA 20000u

/* A modem that takes what it is told; steps of 500 bytes are its own for good. */
static struct {
    uint8_t area[AREA];
    uint32_t written;
    uint32_t reported; /* as offset(), unless a step moves it */
    int32_t fails;     /* every call answers that */
    bool open;
    bool erasing;
    bool scheduled;
    unsigned looks;
    unsigned closes;
} modem;

static void look(void *context, struct stub_modem_state *state) {
    (void)context;
    modem.looks++;
    state->error = modem.fails;
    state->result = STUB_MODEM_RESULT_OK;
    state->area_size = AREA;
    state->offset = STUB_MODEM_OFFSET_DIRTY;
    memcpy(state->uuid, "1c2d7a5e-0123-4567-89ab-cdef01234567", STUB_MODEM_UUID_SIZE);
    memcpy(state->version, "mfw_nrf9160_1.3.6", 18);
}

static int32_t offset(void *context, uint32_t *at) {
    (void)context;
    *at = modem.reported;
    return modem.erasing ? STUB_MODEM_ERASE_PENDING : modem.fails;
}

static int32_t erase(void *context) {
    (void)context;
    modem.erasing = modem.fails == 0;
    modem.reported = 0;
    return modem.fails;
}

static int32_t write(void *context, const void *bytes, size_t count) {
    (void)context;
    if (modem.fails != 0) {
        return modem.fails;
    }
    if (!modem.open) {
        modem.open = true;
        modem.written = modem.reported;
    }
    CHECK(modem.written + count <= AREA);
    memcpy(modem.area + modem.written, bytes, count);
    modem.written += (uint32_t)count;
    modem.reported = modem.written / 500 * 500;
    return 0;
}

static int32_t close_write(void *context) {
    (void)context;
    modem.closes++;
    modem.open = false;
    return modem.fails;
}

static int32_t schedule(void *context) {
    (void)context;
    CHECK(!modem.open);
    modem.scheduled = modem.fails == 0;
    return modem.fails;
}

static const struct stub_modem PORT = {NULL, look, offset, erase, write, close_write, schedule};

static struct board board;
static struct host host;
static uint8_t file[2500];

static void fresh(const char *name) {
    check_begin(name);
    memset(&modem, 0, sizeof modem);
    board_init(&board);
    board.config.modem = &PORT;
    board_restart(&board);
    host_init(&host, &board, 0x55);
    host_hello(&host);
    check_noise(file, sizeof file, 3);
}

static uint32_t detail(void) {
    const struct answer *reply = host_answer(&host, STUB_REPLY);
    return reply == NULL ? 0 : stub_get_le32(reply->payload + 3);
}

/* host_request() is for short ones. */
static int ask(uint8_t operation, uint32_t at, const uint8_t *bytes, size_t count) {
    uint8_t payload[2048] = {++host.tag, operation};
    stub_put_le32(payload + 2, at);
    memcpy(payload + 6, bytes, count);
    host_send(&host, STUB_MODEM, payload, 6 + count);
    const struct answer *reply = host_answer(&host, STUB_REPLY);
    return reply != NULL && reply->payload[0] == host.tag && reply->payload[1] == STUB_MODEM ? reply->payload[2] : -1;
}

static int open_write(void) {
    return ask(STUB_MODEM_OPEN, 0, file, 0);
}

static void what_the_modem_is_is_told_at_every_hello(void) {
    const uint8_t item[18] = {STUB_ITEM_MODEM, 52, 0, 0, 0, 0, 0x01, 0x00, 0x50, 0x05, 0x20, 0x4E, 0, 0, 0, 0, 0x28, 0};
    fresh("what_the_modem_is_is_told_at_every_hello");
    const struct answer *welcome = host_answer(&host, STUB_WELCOME);
    CHECK(welcome != NULL && welcome->count == 17 + 4 + 6 + 12 + 4 + 7 + 10 + 35 + 25 + 14 + 10 + 3 + 3 + 54 + 19);
    const uint8_t *at = welcome->payload + welcome->count - 54 - 19;
    CHECK_EQ(STUB_FEATURE_MODEM, welcome->payload[23] & STUB_FEATURE_MODEM);
    CHECK_BYTES(item, at, sizeof item);
    CHECK_BYTES("1c2d7a5e-0123-4567-89ab-cdef01234567", at + 18, STUB_MODEM_UUID_SIZE);
    CHECK_BYTES("\x11\x11mfw_nrf9160_1.3.6", at + 54, 19);
    modem.fails = -110;
    host_hello(&host);
    CHECK_EQ(2, modem.looks);
    welcome = host_answer(&host, STUB_WELCOME);
    CHECK_EQ(-110, (int32_t)stub_get_le32(welcome->payload + welcome->count - 54 - 19 + 2));
}

static void a_board_without_a_modem_says_so(void) {
    fresh("a_board_without_a_modem_says_so");
    board.config.modem = NULL;
    modem.looks = 0;
    board_restart(&board);
    host_hello(&host);
    CHECK_EQ(0, host_answer(&host, STUB_WELCOME)->payload[23] & STUB_FEATURE_MODEM);
    CHECK_EQ(STUB_UNSUPPORTED, open_write());
    CHECK_EQ(STUB_UNSUPPORTED, ask(STUB_MODEM_WRITE, 0, file, 100));
    CHECK_EQ(0, modem.looks + modem.closes);
}

static void bytes_reach_it_in_order(void) {
    fresh("bytes_reach_it_in_order");
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(0, detail());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 950));
    CHECK_EQ(500, detail());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 950, file + 950, 950));
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 1900, file + 1900, 600));
    CHECK_EQ(2500, detail());
    CHECK_BYTES(file, modem.area, 2500);
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_SCHEDULE, 2500, file, 0));
    CHECK(modem.scheduled);
    CHECK_EQ(STUB_READY, host_status(&host).state);
}

/* The line may repeat any frame at any time; only the one that goes on where the last ended is written. */
static void a_repeated_write_is_written_once(void) {
    uint8_t payload[6 + 100] = {9, STUB_MODEM_WRITE};
    fresh("a_repeated_write_is_written_once");
    CHECK_EQ(STUB_OK, open_write());
    memcpy(payload + 6, file, 100);
    host_send(&host, STUB_MODEM, payload, sizeof payload);
    host_send(&host, STUB_MODEM, payload, sizeof payload);
    CHECK_EQ(STUB_OK, host_answer(&host, STUB_REPLY)->payload[2]);
    CHECK_EQ(100, modem.written);
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 100, file + 100, 100));
    host_send(&host, STUB_MODEM, payload, sizeof payload);
    CHECK_EQ(STUB_RANGE, host_answer(&host, STUB_REPLY)->payload[2]);
    CHECK_EQ(200, modem.written);
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 200, file + 200, 100));
    CHECK_BYTES(file, modem.area, 300);
}

/* Whatever has come between: a write, an erase. */
static void a_frame_that_the_line_repeats_does_nothing(void) {
    uint8_t wire[64];
    uint8_t payload[6] = {77, STUB_MODEM_ERASE};
    fresh("a_frame_that_the_line_repeats_does_nothing");
    size_t count = host_frame(&host, wire, STUB_MODEM, payload, sizeof payload);
    host_give(&host, wire, count);
    host_settle(&host);
    CHECK(modem.erasing);
    modem.erasing = false;
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 100));
    host_give(&host, wire, count);
    host_settle(&host);
    CHECK(!modem.erasing);
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 100, file, 100));
}

static void only_an_open_write_goes_on(void) {
    fresh("only_an_open_write_goes_on");
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 0, file, 100));
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_SCHEDULE, 0, file, 0));
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, UINT32_MAX, file, 100));
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 950));
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 951, file, 100));
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_SCHEDULE, 949, file, 0));
    host_init(&host, &board, 0x66);
    host_hello(&host);
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 950, file, 100));
    CHECK_EQ(950, modem.written);
    CHECK(!modem.scheduled);
}

static void opening_goes_back_to_what_the_modem_has_for_good(void) {
    fresh("opening_goes_back_to_what_the_modem_has_for_good");
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 950));
    host_init(&host, &board, 0x66);
    host_hello(&host);
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(500, detail());
    CHECK(!modem.open);
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 950, file + 950, 100));
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 500, file + 500, 900));
    CHECK_BYTES(file, modem.area, 1400);
}

static void an_erase_is_polled(void) {
    fresh("an_erase_is_polled");
    modem.reported = STUB_MODEM_OFFSET_DIRTY;
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_MODEM_OFFSET_DIRTY, detail());
    CHECK_EQ(STUB_MODEM_REFUSED, ask(STUB_MODEM_ERASE, 0, file, 0));
    CHECK_EQ(STUB_MODEM_ERASE_PENDING, detail());
    CHECK_EQ(STUB_MODEM_REFUSED, open_write());
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 0, file, 100));
    modem.erasing = false;
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(0, detail());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 100));
}

static void what_the_modem_says_is_passed_on(void) {
    fresh("what_the_modem_says_is_passed_on");
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 100));
    modem.fails = STUB_MODEM_INVALID_UUID;
    CHECK_EQ(STUB_MODEM_REFUSED, ask(STUB_MODEM_WRITE, 100, file, 100));
    CHECK_EQ(STUB_MODEM_INVALID_UUID, detail());
    modem.fails = 0;
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 100, file, 100));
    CHECK_EQ(STUB_OK, open_write());
    modem.fails = -12;
    CHECK_EQ(STUB_MODEM_REFUSED, ask(STUB_MODEM_SCHEDULE, 0, file, 0));
    CHECK_EQ(-12, (int32_t)detail());
    CHECK(!modem.scheduled);
    CHECK_EQ(STUB_MODEM_REFUSED, ask(STUB_MODEM_ERASE, 0, file, 0));
}

/* The bytes wait in the ring, which an upload to the slot needs. */
static void an_upload_and_the_modem_exclude_each_other(void) {
    uint8_t hash[32] = {1};
    fresh("an_upload_and_the_modem_exclude_each_other");
    memset(board.ring, 0xEE, sizeof board.ring);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, 100, hash, hash));
    CHECK_EQ(STUB_STATE, open_write());
    CHECK_EQ(STUB_STATE, ask(STUB_MODEM_WRITE, 0, file, 100));
    CHECK_EQ(0xEE, board.ring[0]);
    CHECK_EQ(0, modem.closes);
}

static void a_write_that_the_ring_cannot_hold_is_refused(void) {
    fresh("a_write_that_the_ring_cannot_hold_is_refused");
    board.config.memory.ring_size = 256;
    board_restart(&board);
    host_hello(&host);
    CHECK_EQ(STUB_OK, open_write());
    memset(board.ring, 0xEE, sizeof board.ring);
    CHECK_EQ(STUB_RANGE, ask(STUB_MODEM_WRITE, 0, file, 257));
    CHECK_EQ(0xEE, board.ring[0]);
    CHECK_EQ(STUB_OK, open_write());
    CHECK_EQ(STUB_OK, ask(STUB_MODEM_WRITE, 0, file, 256));
}

int main(void) {
    what_the_modem_is_is_told_at_every_hello();
    a_board_without_a_modem_says_so();
    bytes_reach_it_in_order();
    a_repeated_write_is_written_once();
    a_frame_that_the_line_repeats_does_nothing();
    only_an_open_write_goes_on();
    opening_goes_back_to_what_the_modem_has_for_good();
    an_erase_is_polled();
    what_the_modem_says_is_passed_on();
    an_upload_and_the_modem_exclude_each_other();
    a_write_that_the_ring_cannot_hold_is_refused();
    return check_summary("modem");
}
