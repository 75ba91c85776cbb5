/*
 * The worked exchange of SPEC.md section 9, played: what the host says goes in, and what the stub says must come out,
 * byte for byte. The board is the one of tests/unit/board.c.
 */
#include <stdio.h>
#include <string.h>

#include "../check.h"
#include "../unit/board.h"
#include "vectors.h"

static struct board board;

/* What the board has to say, up to capacity, letting it work in between. */
static size_t answer(uint8_t *into, size_t capacity) {
    uint32_t at;
    size_t count = 0;
    do {
        board_run(&board);
        count += stub_session_transmit(&board.session, into + count, capacity - count, board.now_ms);
    } while (stub_session_deadline(&board.session, &at));
    return count;
}

static void play(const char *line) {
    static uint8_t pending[4096]; /* said by the stub, not yet looked at */
    static size_t pending_count;
    uint8_t bytes[1024];
    size_t count = vector_hex(line + 2, bytes, sizeof bytes);
    CHECK(count > 2);
    if (line[0] == 'H') {
        CHECK_EQ(0, pending_count);
        stub_session_receive(&board.session, bytes, count, board.now_ms);
        return;
    }
    pending_count += answer(pending + pending_count, sizeof pending - pending_count);
    CHECK(pending_count >= count && memcmp(pending, bytes, count) == 0);
    count = count < pending_count ? count : pending_count;
    pending_count -= count;
    memmove(pending, pending + count, pending_count);
}

bool check_exchange(const char *path) {
    static char line[4096];
    unsigned lines = 0;
    bool inside = false;
    FILE *file = fopen(path, "r");
    check_begin("the worked exchange");
    board_init(&board);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "## ", 3) == 0) {
            inside = strncmp(line, "## 9.", 5) == 0;
        } else if (inside && (strncmp(line, "    H ", 6) == 0 || strncmp(line, "    S ", 6) == 0)) {
            play(line + 4);
            lines++;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    CHECK(board.boot.slot == STUB_SLOT_PENDING_TEST);
    return lines > 10;
}
