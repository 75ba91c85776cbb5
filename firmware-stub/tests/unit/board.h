/*
 * A small board for the unit tests: one session over flash in memory that keeps NOR's rules (bits only clear, whole
 * write units), counts operations and can be told to fail. Time starts shortly before it wraps.
 */
#ifndef STUB_TESTS_BOARD_H
#define STUB_TESTS_BOARD_H

#include "stub/session.h"
#include "stub/state.h"

#define BOARD_PAGE 4096u
#define BOARD_PAGES 8u
#define BOARD_SIZE (BOARD_PAGE * BOARD_PAGES)
#define BOARD_RING (2u * BOARD_PAGE)
#define BOARD_PAGE_MAX 65536u /* for tests that choose another geometry in config and restart */
#define BOARD_ELSEWHERE 0x1000u
#define BOARD_NEVER UINT32_MAX

struct board {
    struct stub_session session;
    struct stub_port port;
    struct stub_config config;
    uint32_t now_ms;
    uint8_t flash[BOARD_PAGES * BOARD_PAGE_MAX];
    uint8_t elsewhere[8192]; /* what lies at BOARD_ELSEWHERE */
    uint8_t ring[2 * BOARD_PAGE_MAX];
    uint8_t page[BOARD_PAGE_MAX];
    uint8_t frame[1024 + STUB_FRAME_OVERHEAD];
    struct stub_boot_state boot;
    uint32_t operations; /* erase and program calls so far */
    uint32_t fails_at;   /* the operation that fails, or BOARD_NEVER */
    uint32_t erases[BOARD_PAGES];
    uint32_t lies_at; /* offset whose byte is read wrong after it has been programmed, or BOARD_NEVER */
    bool read_fails;
    bool erase_does_nothing; /* the page is not blank afterwards */
    bool mark_does_nothing;
    bool confirm_does_nothing;
};

/* A blank slot, running a confirmed image, session started. */
void board_init(struct board *b);
/* Starts the session anew, as a reset does. Flash and boot state stay. */
void board_restart(struct board *b);
/* Whether a tick has something to do now. */
bool board_is_due(const struct board *b);
/* Ticks until nothing is due; fails the test if that never comes. */
void board_run(struct board *b);

#endif
