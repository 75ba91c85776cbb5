/*
 * Counts the instructions of the core's inner loops on a Cortex-M33: `make cycles`. QEMU counts time in instructions
 * (-icount shift=4: one takes 16 ns, about 64 MHz), so a difference of times is a number of instructions. Prints one
 * line for each. The figures that come out stand in platform/virtual/cpu_cost.h; this program fails when they differ.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../platform/mps2/clock.h"
#include "../../platform/virtual/cpu_cost.h"
#include "../check.h"
#include "../unit/deflated.h"
#include "../unit/host.h"
#include "bytes.h"
#include "flash.h"
#include "inflate.h"
#include "semihosting.h"
#include "sha256.h"
#include "siphash.h"
#include "wire.h"

#define INSTRUCTION_NS 16u
#define TOLERANCE_PERCENT 5u
#define FRAGMENT 1000u
#define SLICE 1024u
#define REPEATS 64u

static struct board board;
static struct host host;
static uint64_t began_us;

/* ---- counting ---- */

static void begin(void) {
    began_us = clock_us();
}

static uint32_t instructions(void) {
    return (uint32_t)((clock_us() - began_us) * 1000u / INSTRUCTION_NS);
}

static void print_number(uint32_t value) {
    char text[11];
    char *at = text + sizeof text;
    *--at = '\0';
    do {
        *--at = (char)('0' + value % 10u);
        value /= 10u;
    } while (value > 0);
    semihosting_print(at);
}

/* Hundredths of an instruction for each unit, and whether the table in use says the same. */
static void report(const char *name, uint32_t count, uint32_t units, uint32_t expected_hundredths) {
    uint32_t hundredths = (uint32_t)((uint64_t)count * 100u / units);
    uint32_t gap =
        hundredths > expected_hundredths ? hundredths - expected_hundredths : expected_hundredths - hundredths;
    semihosting_print(name);
    semihosting_print(": ");
    print_number(hundredths / 100u);
    semihosting_print(hundredths % 100u < 10 ? ".0" : ".");
    print_number(hundredths % 100u);
    if (gap * 100u > expected_hundredths * TOLERANCE_PERCENT) {
        CHECK(!"as cpu_cost.h has it");
        semihosting_print("   cpu_cost.h has ");
        print_number(expected_hundredths);
        semihosting_print(" hundredths");
    }
    semihosting_print("\n");
}

/* ---- what is counted ---- */

/* The unit tests' board checks every byte; here the flash's own time is none, since the model adds it. */
static int program(void *context, uint32_t offset, const void *bytes, size_t count) {
    struct board *b = context;
    memcpy(b->flash + offset, bytes, count);
    return 0;
}

static int read(void *context, uint32_t offset, void *into, size_t count) {
    const struct board *b = context;
    memcpy(into, b->flash + offset, count);
    return 0;
}

static void fill(uint8_t *bytes, size_t count) {
    uint32_t random = 1;
    for (size_t i = 0; i < count; i++) {
        random = random * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(random >> 24);
    }
}

static void count_hashes(void) {
    struct stub_sha256 sha;
    struct stub_siphash sip;
    stub_sha256_start(&sha);
    stub_siphash_start(&sip, host.nonce);
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        stub_sha256_add(&sha, board.page, SLICE);
    }
    report("SHA-256, a byte", instructions(), REPEATS * SLICE, CPU_SHA256_BYTE);
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        stub_siphash_add(&sip, board.page, SLICE);
    }
    report("page digest, a byte", instructions(), REPEATS * SLICE, CPU_DIGEST_BYTE);
}

static uint32_t inflate(const uint8_t *bytes, uint32_t count, uint32_t expected) {
    uint32_t produced;
    const struct stub_dictionary none = {0, NULL, NULL};
    const struct stub_deflated in = {board.ring, BOARD_RING, 0, count};
    memcpy(board.ring, bytes, count);
    begin();
    CHECK_EQ(STUB_OK, stub_inflate(&in, &none, board.page, BOARD_PAGE, &produced));
    CHECK_EQ(expected, produced);
    return instructions();
}

static void count_inflate(void) {
    uint32_t runs = inflate(RUNS, sizeof RUNS, 1500);
    report("inflated, a byte that comes out", runs, 1500, CPU_INFLATE_OUT);
    uint32_t code = inflate(DYNAMIC, sizeof DYNAMIC, 1200);
    report("inflated, a byte of the stream", code - 1200 * CPU_INFLATE_OUT / 100, sizeof DYNAMIC, CPU_INFLATE_IN);
}

static void count_flash(void) {
    bool blank;
    struct stub_siphash sip;
    stub_siphash_start(&sip, host.nonce);
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        CHECK_EQ(STUB_OK, stub_flash_is_blank(&board.session, 0, &blank));
    }
    CHECK(blank);
    uint32_t read_and_compared = instructions();
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        CHECK_EQ(STUB_OK, stub_flash_digest(&board.session, 0, BOARD_PAGE, &sip));
    }
    uint32_t digest = REPEATS * BOARD_PAGE * CPU_DIGEST_BYTE / 100u;
    report("flash read, a byte", instructions() - digest, REPEATS * BOARD_PAGE, CPU_READ_BYTE);
    uint32_t read = REPEATS * BOARD_PAGE * CPU_READ_BYTE / 100u;
    report("flash compared, a byte", read_and_compared - read, REPEATS * BOARD_PAGE, CPU_COMPARE_BYTE);
    begin();
    for (uint32_t at = 0; at < BOARD_PAGE; at += STUB_PROGRAM_SLICE) {
        CHECK_EQ(STUB_OK, stub_flash_program(&board.session, at, board.page + at, STUB_PROGRAM_SLICE));
    }
    uint32_t read_back = BOARD_PAGE * (CPU_READ_BYTE + CPU_COMPARE_BYTE) / 100u;
    report("programmed, a byte", instructions() - read_back, BOARD_PAGE, CPU_PROGRAM_BYTE);
}

static void count_idle_round(void) {
    uint8_t out[16];
    uint32_t at;
    struct stub_event event;
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        stub_session_receive(&board.session, out, 0, board.now_ms);
        if (stub_session_deadline(&board.session, &at)) {
            stub_session_tick(&board.session, board.now_ms);
        }
        stub_session_transmit(&board.session, out, sizeof out, board.now_ms);
        stub_session_poll(&board.session, &event);
    }
    report("a round of the main loop with nothing to do", instructions(), REPEATS, CPU_ROUND);
}

static void count_status(void) {
    uint8_t out[512];
    uint32_t sent = 0;
    begin();
    for (unsigned i = 0; i < REPEATS; i++) {
        board.session.outbox[STUB_OUT_STATUS] = true;
        sent += (uint32_t)stub_session_transmit(&board.session, out, sizeof out, board.now_ms);
    }
    report("sent, a byte on the wire", instructions(), sent, CPU_SEND_BYTE);
}

/* One page: all that comes in, and all that is done with it. */
static void count_page(void) {
    static uint8_t stream[STUB_RECORD_HEADER + BOARD_PAGE];
    static uint8_t wire[8192];
    const uint8_t hash[64] = {0};
    uint32_t receiving = 0;
    uint32_t received = 0;
    uint32_t at_ms;
    size_t count = host_record(&host, stream, 0, 0, board.page, BOARD_PAGE);
    CHECK_EQ(STUB_OK, host_begin(&host, 0, BOARD_PAGE, hash, hash + 32));
    for (size_t at = 0; at < count;) {
        uint8_t payload[4 + FRAGMENT];
        size_t n = count - at < FRAGMENT ? count - at : FRAGMENT;
        stub_put_le32(payload, (uint32_t)at);
        memcpy(payload + 4, stream + at, n);
        size_t length = host_frame(&host, wire, STUB_DATA, payload, n + 4);
        begin();
        host_give(&host, wire, length);
        while (board.session.record.step <= STUB_RECORD_FILLING && stub_session_deadline(&board.session, &at_ms)) {
            stub_session_tick(&board.session, board.now_ms);
        }
        receiving += instructions();
        received += (uint32_t)length;
        at += n;
    }
    report("received and put into the page, a byte on the wire", receiving, received, CPU_RECEIVE_BYTE);
    begin();
    while (stub_session_deadline(&board.session, &at_ms)) {
        stub_session_tick(&board.session, board.now_ms);
    }
    report("a page in RAM until it is durable, a byte", instructions(), BOARD_PAGE,
           CPU_DIGEST_BYTE + 2u * (CPU_READ_BYTE + CPU_COMPARE_BYTE) + CPU_PROGRAM_BYTE + 22u * CPU_ROUND / BOARD_PAGE);
}

int main(void) {
    clock_init();
    board_init(&board);
    board.port.program = program;
    board.port.read = read;
    fill(board.page, BOARD_PAGE);
    host_init(&host, &board, 1);
    host_hello(&host);
    count_hashes();
    count_inflate();
    fill(board.page, BOARD_PAGE);
    count_flash();
    count_idle_round();
    count_status();
    memset(board.flash, 0xFF, sizeof board.flash);
    count_page();
    semihosting_exit(check_passes() ? 0 : 1);
}
