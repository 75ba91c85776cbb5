/* Sessions and SPEC.md section 7: every cell of the stub's state table, HELLO in every state, and frames that belong to
 * no session. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "wire.h"

#define NO_REPLY (-1)
#define KEEPS 0xFF

static struct board board;
static struct host host;
static uint8_t blank[BOARD_PAGE];
static uint8_t record[STUB_RECORD_HEADER];
static uint8_t sha256_of_ff[32] = {0xa8, 0x10, 0x0a, 0xe6, 0xaa, 0x19, 0x40, 0xd0, 0xb6, 0x63, 0xbb,
                                   0x31, 0xcd, 0x46, 0x61, 0x42, 0xeb, 0xbd, 0xbd, 0x51, 0x87, 0x13,
                                   0x1b, 0x92, 0xd9, 0x38, 0x18, 0x98, 0x78, 0x32, 0xeb, 0x89};

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    memset(blank, 0xFF, sizeof blank);
    host_init(&host, &board, 0x66);
    host_hello(&host);
}

static int ask(uint8_t type) {
    uint8_t rest[40];
    const uint8_t digests[4] = {0, 0, 1, 0};
    memcpy(rest, board.config.boot_id, 8);
    memcpy(rest + 8, type == STUB_MARK ? sha256_of_ff : board.config.identity.image_hash, 32);
    switch (type) {
    case STUB_GET_DIGESTS:
        return host_request(&host, type, digests, sizeof digests);
    case STUB_BEGIN:
        return host_begin(&host, 0, 1, sha256_of_ff, sha256_of_ff);
    case STUB_MARK:
    case STUB_CONFIRM:
        return host_request(&host, type, rest, 40);
    case STUB_RESET:
        return host_request(&host, type, rest, 8);
    default:
        return host_request(&host, type, NULL, 0);
    }
}

/* One DATA with a whole BLANK record at the stream's start. */
static void send_data(void) {
    host_record(&host, record, 0, 0, blank, 0);
    host_stream(&host, 0, record, sizeof record);
}

static void bring_to(uint8_t state) {
    const uint8_t bad[STUB_RECORD_HEADER] = {9};
    if (state == STUB_RECEIVING || state == STUB_VERIFIED || state == STUB_MARKED || state == STUB_FAILED) {
        CHECK_EQ(STUB_OK, ask(STUB_BEGIN));
    }
    if (state == STUB_VERIFIED || state == STUB_MARKED) {
        CHECK_EQ(STUB_OK, ask(STUB_VERIFY));
    }
    if (state == STUB_MARKED) {
        CHECK_EQ(STUB_OK, ask(STUB_MARK));
    }
    if (state == STUB_FAILED) {
        host_stream(&host, 0, bad, sizeof bad);
    }
    if (state == STUB_ENDED) {
        CHECK_EQ(STUB_OK, ask(STUB_ABORT));
    }
    if (state == STUB_RESETTING) {
        CHECK_EQ(STUB_OK, ask(STUB_RESET));
    }
    CHECK_EQ(state, board.session.state);
}

struct cell {
    uint8_t type;
    int code;
    uint8_t next;
};

struct row {
    const char *name;
    uint8_t state;
    struct cell cells[8];
};

/* DATA's code is always NO_REPLY. */
static const struct row ROWS[] = {
    {"READY",
     STUB_READY,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_OK, STUB_RECEIVING},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, STUB_STATE, KEEPS},
      {STUB_MARK, STUB_STATE, KEEPS},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, STUB_ENDED}}},
    {"RECEIVING",
     STUB_RECEIVING,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_STATE, KEEPS},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, STUB_OK, STUB_VERIFIED},
      {STUB_MARK, STUB_STATE, KEEPS},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, STUB_ENDED}}},
    {"VERIFIED",
     STUB_VERIFIED,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_STATE, KEEPS},
      {STUB_DATA, NO_REPLY, STUB_RECEIVING},
      {STUB_VERIFY, STUB_OK, KEEPS},
      {STUB_MARK, STUB_OK, STUB_MARKED},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, STUB_ENDED}}},
    {"MARKED",
     STUB_MARKED,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_STATE, KEEPS},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, STUB_STATE, KEEPS},
      {STUB_MARK, STUB_OK, KEEPS},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, STUB_ENDED}}},
    {"FAILED",
     STUB_FAILED,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_STATE, KEEPS},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, STUB_STATE, KEEPS},
      {STUB_MARK, STUB_STATE, KEEPS},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, STUB_ENDED}}},
    {"ENDED",
     STUB_ENDED,
     {{STUB_GET_DIGESTS, STUB_OK, KEEPS},
      {STUB_BEGIN, STUB_STATE, KEEPS},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, STUB_STATE, KEEPS},
      {STUB_MARK, STUB_STATE, KEEPS},
      {STUB_RESET, STUB_OK, STUB_RESETTING},
      {STUB_CONFIRM, STUB_OK, KEEPS},
      {STUB_ABORT, STUB_OK, KEEPS}}},
    {"RESETTING",
     STUB_RESETTING,
     {{STUB_GET_DIGESTS, NO_REPLY, KEEPS},
      {STUB_BEGIN, NO_REPLY, KEEPS},
      {STUB_DATA, NO_REPLY, KEEPS},
      {STUB_VERIFY, NO_REPLY, KEEPS},
      {STUB_MARK, NO_REPLY, KEEPS},
      {STUB_RESET, STUB_OK, KEEPS},
      {STUB_CONFIRM, NO_REPLY, KEEPS},
      {STUB_ABORT, NO_REPLY, KEEPS}}},
};

static void follows_the_state_table(void) {
    for (size_t r = 0; r < sizeof ROWS / sizeof ROWS[0]; r++) {
        for (size_t c = 0; c < 8; c++) {
            const struct cell *cell = &ROWS[r].cells[c];
            int code = NO_REPLY;
            fresh(ROWS[r].name);
            bring_to(ROWS[r].state);
            if (cell->type == STUB_DATA) {
                send_data();
            } else {
                code = ask(cell->type);
            }
            CHECK_EQ(cell->code, code);
            CHECK_EQ(cell->next == KEEPS ? ROWS[r].state : cell->next, board.session.state);
        }
    }
}

/* RESETTING is left by the reset alone. */
static void hello_starts_clean_in_every_state(void) {
    for (size_t r = 0; ROWS[r].state != STUB_RESETTING; r++) {
        fresh(ROWS[r].name);
        bring_to(ROWS[r].state);
        host_init(&host, &board, 0x77);
        host_hello(&host);
        CHECK_EQ(STUB_WELCOME, host.answers[0].type);
        CHECK_EQ(0, host.answers[0].number);
        CHECK_BYTES(host.nonce, host.answers[0].payload + 1, 8);
        struct status status = host_status(&host);
        CHECK_EQ(STUB_READY, status.state);
        CHECK_EQ(0, status.received + status.credit + status.durable + status.refused + status.erased + status.code);
        board.boot.slot = STUB_SLOT_BLANK;
        CHECK_EQ(STUB_OK, ask(STUB_BEGIN));
    }
}

static void hello_again_changes_nothing(void) {
    fresh("hello_again_changes_nothing");
    bring_to(STUB_VERIFIED);
    host_hello(&host);
    CHECK(host_answer(&host, STUB_WELCOME) != NULL);
    CHECK_EQ(STUB_VERIFIED, host_status(&host).state);
    struct stub_event event;
    unsigned opened = 0;
    while (stub_session_poll(&board.session, &event)) {
        opened += event.type == STUB_EVENT_SESSION_OPENED;
    }
    CHECK_EQ(1, opened);
}

/* The page under way is left where it is: no erase or program is started any more. */
static void hello_drops_the_work(void) {
    static uint8_t stream[STUB_RECORD_HEADER + BOARD_PAGE];
    static uint8_t page[BOARD_PAGE];
    fresh("hello_drops_the_work");
    CHECK_EQ(STUB_OK, host_begin(&host, 0, BOARD_PAGE, sha256_of_ff, sha256_of_ff));
    size_t count = host_record(&host, stream, 0, 0, page, BOARD_PAGE);
    memcpy(board.ring, stream, count);
    board.session.upload.received = (uint32_t)count;
    while (board.operations < 3) {
        stub_session_tick(&board.session, board.now_ms);
    }
    host_init(&host, &board, 0x78);
    host_hello(&host);
    CHECK_EQ(3, board.operations);
    host_init(&host, &board, 0x79);
    const uint8_t digests[5] = {1, 0, 0, 7, 0};
    host_hello(&host);
    uint8_t wire[64];
    host_give(&host, wire, host_frame(&host, wire, STUB_GET_DIGESTS, digests, sizeof digests));
    stub_session_tick(&board.session, board.now_ms);
    host_init(&host, &board, 0x7A);
    host_hello(&host);
    CHECK(host_answer(&host, STUB_REPLY) == NULL && host_answer(&host, STUB_DIGESTS) == NULL);
}

struct greeting {
    const char *name;
    uint8_t min;
    uint8_t max;
    uint8_t version;
};

static const struct greeting GREETINGS[] = {
    {"this version", 1, 1, 1}, {"this and later", 1, 255, 1}, {"earlier and this", 0, 1, 1},
    {"later only", 2, 9, 0},   {"earlier only", 0, 0, 0},     {"none at all", 2, 0, 0},
};

static void agrees_on_a_version_or_on_none(void) {
    for (size_t i = 0; i < sizeof GREETINGS / sizeof GREETINGS[0]; i++) {
        uint8_t payload[10] = {GREETINGS[i].min, GREETINGS[i].max};
        check_begin(GREETINGS[i].name);
        board_init(&board);
        host_init(&host, &board, 5);
        memcpy(payload + 2, host.nonce, 8);
        host_send(&host, STUB_HELLO, payload, sizeof payload);
        const struct answer *a = host_answer(&host, STUB_WELCOME);
        CHECK(a != NULL && a->payload[0] == GREETINGS[i].version);
        host_send(&host, STUB_PING, NULL, 0);
        CHECK_EQ(GREETINGS[i].version != 0, host_answer(&host, STUB_STATUS) != NULL);
        CHECK_EQ(GREETINGS[i].version == 0, host_answer(&host, STUB_NO_SESSION) != NULL);
    }
}

static void a_malformed_hello_is_dropped(void) {
    uint8_t payload[12] = {1, 1};
    fresh("a_malformed_hello_is_dropped");
    memcpy(payload + 2, host.nonce, 8);
    payload[9] ^= 1;
    host_send(&host, STUB_HELLO, payload, 9);
    host_send(&host, STUB_HELLO, payload, 11);
    payload[2] ^= 1; /* not the header's session */
    host_send(&host, STUB_HELLO, payload, 10);
    CHECK_EQ(0, host.answer_count);
    CHECK_EQ(3, stub_session_counters(&board.session).malformed);
    CHECK_EQ(STUB_OK, ask(STUB_BEGIN)); /* the session is still there */
}

static void strays_are_told_but_not_often(void) {
    static const uint8_t TYPES[] = {STUB_PING, STUB_GET_DIGESTS, STUB_BEGIN,   STUB_DATA,  STUB_VERIFY,
                                    STUB_MARK, STUB_RESET,       STUB_CONFIRM, STUB_ABORT, 0x3F};
    check_begin("strays_are_told_but_not_often");
    board_init(&board);
    host_init(&host, &board, 5);
    for (size_t i = 0; i < sizeof TYPES; i++) {
        host_send(&host, TYPES[i], NULL, 0);
        const struct answer *a = host_answer(&host, STUB_NO_SESSION);
        CHECK(a != NULL && a->session == (uint16_t)(5 + 22 * 256) && a->number == 0);
        host_send(&host, TYPES[i], NULL, 0);
        CHECK_EQ(0, host.answer_count);
        board.now_ms += 49;
        host_send(&host, TYPES[i], NULL, 0);
        CHECK_EQ(0, host.answer_count);
        board.now_ms++;
    }
    host_send(&host, STUB_NO_SESSION, NULL, 0); /* an echo */
    CHECK_EQ(0, host.answer_count);
    host_hello(&host);
    board.now_ms += 50;
    struct host other;
    host_init(&other, &board, 6);
    host_send(&other, STUB_ABORT, board.config.boot_id, 1);
    CHECK(host_answer(&other, STUB_NO_SESSION) != NULL);
    CHECK_EQ(STUB_READY, host_status(&host).state);
}

static void boots_once(void) {
    check_begin("boots_once");
    board_init(&board);
    host_init(&host, &board, 5);
    host_collect(&host);
    CHECK_EQ(1, host.answer_count);
    CHECK(host.answers[0].type == STUB_BOOTED && host.answers[0].session == 0 && host.answers[0].number == 0);
    CHECK_BYTES(board.config.boot_id, host.answers[0].payload, 8);
    host.answer_count = 0;
    host_collect(&host);
    CHECK_EQ(0, host.answer_count);
}

static void welcome_says_what_mcuboot_says_now(void) {
    fresh("welcome_says_what_mcuboot_says_now");
    board.read_fails = true;
    host_hello(&host);
    CHECK_EQ(STUB_RUNNING_UNKNOWN, board.session.boot.running);
    CHECK_EQ(STUB_SLOT_DIRTY, board.session.boot.slot);
    board.read_fails = false;
    board.boot.slot = STUB_SLOT_PENDING_TEST;
    host_hello(&host);
    CHECK_EQ(STUB_SLOT_PENDING_TEST, board.session.boot.slot);
    CHECK_EQ(STUB_RUNNING_CONFIRMED, board.session.boot.running);
}

int main(void) {
    follows_the_state_table();
    hello_starts_clean_in_every_state();
    hello_again_changes_nothing();
    hello_drops_the_work();
    agrees_on_a_version_or_on_none();
    a_malformed_hello_is_dropped();
    strays_are_told_but_not_often();
    boots_once();
    welcome_says_what_mcuboot_says_now();
    return check_summary("test_states");
}
