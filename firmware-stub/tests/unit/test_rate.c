/* The line's rate: what is offered, when it changes, what commits it, and how both sides meet again. */
#include "../check.h"
#include "bytes.h"
#include "host.h"
#include "wire.h"

#define START 115200u
#define FAST 1000000u
#define MIDDLE 460800u

static struct board board;
static struct host host;

static void fresh(const char *name) {
    check_begin(name);
    board_init(&board);
    board.config.rates[0] = START;
    board.config.rates[1] = FAST;
    board.config.rates[2] = MIDDLE;
    board_restart(&board);
    host_init(&host, &board, 0x55);
    host_hello(&host);
}

static int ask(uint32_t rate) {
    uint8_t bytes[4];
    stub_put_le32(bytes, rate);
    return host_request(&host, STUB_RATE, bytes, sizeof bytes);
}

static void probe(uint8_t index) {
    uint8_t payload[240] = {index};
    host_send(&host, STUB_PROBE, payload, sizeof payload);
}

static bool took_event(enum stub_event_type wanted) {
    struct stub_event event;
    bool found = false;
    while (stub_session_poll(&board.session, &event)) {
        found |= event.type == wanted;
    }
    return found;
}

static uint32_t rate_at(uint32_t ms_later) {
    uint32_t at_ms;
    board.now_ms += ms_later;
    if (stub_session_deadline(&board.session, &at_ms) && (int32_t)(board.now_ms - at_ms) >= 0) {
        stub_session_tick(&board.session, board.now_ms);
    }
    return stub_session_rate(&board.session);
}

static void what_the_board_can_is_told(void) {
    const uint8_t item[14] = {STUB_ITEM_RATES, 12, 0x00, 0xC2, 0x01, 0x00, 0x40, 0x42, 0x0F, 0x00, 0x00, 0x08, 0x07, 0};
    fresh("what_the_board_can_is_told");
    const struct answer *welcome = host_answer(&host, STUB_WELCOME);
    CHECK(welcome != NULL);
    CHECK_EQ(STUB_FEATURE_RATES, welcome->payload[23] & STUB_FEATURE_RATES);
    CHECK_BYTES(item, welcome->payload + welcome->count - sizeof item, sizeof item);
    CHECK_EQ(START, stub_session_rate(&board.session));
}

static void a_board_with_one_rate_has_none_to_offer(void) {
    fresh("a_board_with_one_rate_has_none_to_offer");
    memset(board.config.rates, 0, sizeof board.config.rates);
    board_restart(&board);
    host_hello(&host);
    CHECK_EQ(0, host_answer(&host, STUB_WELCOME)->payload[23] & STUB_FEATURE_RATES);
    CHECK_EQ(STUB_RANGE, ask(FAST));
    CHECK_EQ(0, stub_session_rate(&board.session));
    uint32_t at_ms;
    CHECK(!stub_session_deadline(&board.session, &at_ms));
}

static void only_what_is_offered_is_taken(void) {
    fresh("only_what_is_offered_is_taken");
    CHECK_EQ(STUB_RANGE, ask(921600));
    CHECK_EQ(STUB_RANGE, ask(0));
    CHECK_EQ(START, stub_session_rate(&board.session));
    CHECK(!took_event(STUB_EVENT_RATE));
}

/* The REPLY still goes at the old rate: the change comes with its last byte. */
static void the_rate_changes_when_the_reply_has_left(void) {
    uint8_t payload[5] = {7};
    uint8_t wire[64];
    uint8_t out[1];
    size_t count;
    fresh("the_rate_changes_when_the_reply_has_left");
    took_event(STUB_EVENT_RATE);
    stub_put_le32(payload + 1, FAST);
    count = host_frame(&host, wire, STUB_RATE, payload, sizeof payload);
    host_give(&host, wire, count);
    board_run(&board);
    CHECK_EQ(START, stub_session_rate(&board.session));
    size_t sent = 0;
    while (stub_session_rate(&board.session) == START && sent < 100) {
        CHECK(!took_event(STUB_EVENT_RATE));
        CHECK_EQ(1, stub_session_transmit(&board.session, out, 1, board.now_ms));
        sent++;
    }
    CHECK_EQ(FAST, stub_session_rate(&board.session));
    CHECK(took_event(STUB_EVENT_RATE));
    CHECK_EQ(0, out[0]); /* the frame's closing boundary */
    CHECK_EQ(0, stub_session_transmit(&board.session, out, 1, board.now_ms));
}

static void probes_are_counted_and_answered(void) {
    fresh("probes_are_counted_and_answered");
    CHECK_EQ(STUB_OK, ask(FAST));
    probe(0);
    probe(5);
    probe(31);
    const struct answer *probed = host_answer(&host, STUB_PROBED);
    CHECK(probed != NULL);
    CHECK_EQ(8 + STUB_PROBED_FILL, probed->count);
    CHECK_EQ(FAST, stub_get_le32(probed->payload));
    CHECK_EQ(0x80000021u, stub_get_le32(probed->payload + 4));
    probe(32);
    CHECK(host_answer(&host, STUB_PROBED) == NULL);
    CHECK_EQ(STUB_OK, ask(MIDDLE));
    probe(1);
    CHECK_EQ(2, stub_get_le32(host_answer(&host, STUB_PROBED)->payload + 4));
}

static void a_rate_that_nobody_commits_ends_soon(void) {
    fresh("a_rate_that_nobody_commits_ends_soon");
    CHECK_EQ(STUB_OK, ask(FAST));
    took_event(STUB_EVENT_RATE);
    CHECK_EQ(FAST, rate_at(STUB_RATE_TRIAL_MS - 10));
    probe(0);
    CHECK_EQ(FAST, rate_at(STUB_RATE_TRIAL_MS - 10));
    CHECK(!took_event(STUB_EVENT_RATE));
    CHECK_EQ(START, rate_at(20));
    CHECK(took_event(STUB_EVENT_RATE));
    uint32_t at_ms;
    CHECK(!stub_session_deadline(&board.session, &at_ms));
}

static void a_committed_rate_lasts_through_a_stall(void) {
    fresh("a_committed_rate_lasts_through_a_stall");
    CHECK_EQ(STUB_OK, ask(FAST));
    CHECK_EQ(STUB_OK, ask(FAST));
    CHECK_EQ(FAST, rate_at(STUB_RATE_SILENCE_MS - 10));
    host_send(&host, STUB_PING, NULL, 0);
    CHECK_EQ(FAST, rate_at(STUB_RATE_SILENCE_MS - 10));
    CHECK_EQ(START, rate_at(20));
}

static void damaged_frames_do_not_hold_a_rate(void) {
    const uint8_t noise[8] = {0, 0x81, 0x92, 0xA3, 0, 0x81, 0x93, 0};
    fresh("damaged_frames_do_not_hold_a_rate");
    CHECK_EQ(STUB_OK, ask(FAST));
    CHECK_EQ(FAST, rate_at(STUB_RATE_TRIAL_MS - 10));
    host_give(&host, noise, sizeof noise);
    CHECK_EQ(START, rate_at(20));
}

/* The rate belongs to the line, not to the session: a new host at the same rate goes on, a reset starts over. */
static void a_new_session_keeps_the_rate_and_a_reset_does_not(void) {
    fresh("a_new_session_keeps_the_rate_and_a_reset_does_not");
    CHECK_EQ(STUB_OK, ask(FAST));
    CHECK_EQ(STUB_OK, ask(FAST));
    host_init(&host, &board, 0x66);
    host_hello(&host);
    CHECK_EQ(FAST, stub_session_rate(&board.session));
    CHECK_EQ(STUB_OK, ask(START));
    CHECK_EQ(START, stub_session_rate(&board.session));
    CHECK_EQ(STUB_OK, ask(FAST));
    board_restart(&board);
    CHECK_EQ(START, stub_session_rate(&board.session));
}

/* Its REPLY never leaves, so the next session's first REPLY must not change the line in its place. */
static void a_rate_asked_by_a_session_that_is_over_is_forgotten(void) {
    uint8_t payload[5] = {9};
    uint8_t wire[64];
    fresh("a_rate_asked_by_a_session_that_is_over_is_forgotten");
    stub_put_le32(payload + 1, FAST);
    host_give(&host, wire, host_frame(&host, wire, STUB_RATE, payload, sizeof payload));
    board_run(&board);
    host_init(&host, &board, 0x66);
    host_hello(&host);
    CHECK_EQ(STUB_RANGE, ask(921600));
    CHECK_EQ(START, stub_session_rate(&board.session));
}

int main(void) {
    what_the_board_can_is_told();
    a_board_with_one_rate_has_none_to_offer();
    only_what_is_offered_is_taken();
    the_rate_changes_when_the_reply_has_left();
    probes_are_counted_and_answered();
    a_rate_that_nobody_commits_ends_soon();
    a_committed_rate_lasts_through_a_stall();
    damaged_frames_do_not_hold_a_rate();
    a_new_session_keeps_the_rate_and_a_reset_does_not();
    a_rate_asked_by_a_session_that_is_over_is_forgotten();
    return check_summary("rate");
}
