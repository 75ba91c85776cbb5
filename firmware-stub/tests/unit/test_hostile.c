/*
 * Frames with a right check and any content, in any order, with damage in between: nothing is read or written outside
 * (the sanitizers and board.c watch), the positions keep their order, the slot is never pending unless it was verified,
 * and a new session works.
 */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "sha256.h"
#include "wire.h"

#define ROUNDS 400
#define FRAMES 120

static struct board board;
static struct host host;
static uint32_t state = 1;

/* xorshift32 (Marsaglia). */
static uint32_t any(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static void fill(uint8_t *bytes, size_t count) {
    const uint8_t mask = (uint8_t)(any(3) == 0 ? 0x01 : 0xFF); /* often small numbers */
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)any(256) & mask;
    }
}

/* A payload with a length that often is the right one. */
static size_t payload_for(uint8_t type, uint8_t *payload) {
    static const uint16_t LENGTHS[] = {0, 10, 0, 5, 70, 18, 1, 41, 9, 41, 1};
    size_t count = type < sizeof LENGTHS / sizeof LENGTHS[0] && any(8) != 0 ? LENGTHS[type] : any(600);
    fill(payload, count);
    if (count >= 41 && any(2) == 0) {
        memcpy(payload + 1, board.config.boot_id, 8);
    }
    if (type == STUB_BEGIN && count == 70 && any(2) == 0) {
        payload[1] &= 3;
        stub_put_le32(payload + 2, any(BOARD_SIZE));
    }
    if (type == STUB_DATA && count >= 5) {
        const struct stub_upload *u = &board.session.upload;
        stub_put_le32(payload, any(4) == 0 ? u->credit - any(40) : u->received + any(200));
        payload[4] = (uint8_t)any(3); /* perhaps a record's kind */
    }
    return count;
}

static void check_invariants(void) {
    const struct stub_session *s = &board.session;
    const struct stub_upload *u = &s->upload;
    uint32_t from = u->received;
    CHECK(u->consumed <= u->received && u->received <= u->credit && u->credit - u->consumed <= BOARD_RING);
    CHECK(u->stretch_count <= STUB_RANGES_MAX);
    for (unsigned i = 0; i < u->stretch_count; i++) {
        CHECK(from < u->stretch[i].start && u->stretch[i].start < u->stretch[i].end);
        from = u->stretch[i].end;
    }
    CHECK(from <= u->credit);
    CHECK(s->state <= STUB_RESETTING);
    CHECK(board.boot.slot == STUB_SLOT_BLANK || s->state >= STUB_MARKED);
}

static void send_anything(void) {
    static uint8_t wire[4096];
    uint8_t payload[700];
    uint8_t type = (uint8_t)(any(4) == 0 ? any(256) : any(STUB_ABORT + 1));
    if (type == STUB_HELLO || type == STUB_RESET) {
        type = (uint8_t)(any(20) == 0 ? type : STUB_DATA);
    }
    size_t count = payload_for(type, payload);
    host.number = (uint16_t)(any(10) == 0 ? any(65536) : host.number);
    count = host_frame(&host, wire, type, payload, count);
    if (any(8) == 0) {
        wire[any((uint32_t)count)] ^= (uint8_t)(1u << any(8));
    }
    host_give(&host, wire, any(8) == 0 ? any((uint32_t)count) : count);
}

static void survives_anything(void) {
    for (uint32_t round = 0; round < ROUNDS && check_passes(); round++) {
        check_begin("survives_anything");
        board_init(&board);
        fill(board.flash, any(BOARD_SIZE - BOARD_PAGE));
        host_init(&host, &board, (uint8_t)round);
        host_hello(&host);
        for (uint32_t frame = 0; frame < FRAMES; frame++) {
            send_anything();
            for (uint32_t n = any(20); n > 0; n--) {
                stub_session_tick(&board.session, ++board.now_ms);
            }
            host_collect(&host);
            check_invariants();
        }
        host_settle(&host);
    }
}

static void works_afterwards(void) {
    uint8_t hash[32];
    struct stub_sha256 sha;
    check_begin("works_afterwards");
    board.boot.running = STUB_RUNNING_CONFIRMED;
    board_restart(&board);
    host_init(&host, &board, 0xEE);
    host_hello(&host);
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, board.flash, BOARD_PAGE);
    stub_sha256_end(&sha, hash);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, BOARD_PAGE, hash, hash));
    CHECK_EQ(STUB_OK, host_request(&host, STUB_VERIFY, NULL, 0));
}

int main(void) {
    survives_anything();
    works_afterwards();
    return check_summary("test_hostile");
}
