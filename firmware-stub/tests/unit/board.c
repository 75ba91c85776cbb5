#include "board.h"

#include "../check.h"

static bool inside(const struct board *b, uint32_t offset, size_t count) {
    return offset <= b->config.slot.size && count <= b->config.slot.size - offset;
}

static int flash_read(void *context, uint32_t offset, void *into, size_t count) {
    struct board *b = context;
    CHECK(inside(b, offset, count));
    if (b->read_fails || !inside(b, offset, count)) {
        return -1;
    }
    memcpy(into, b->flash + offset, count);
    if (b->lies_at >= offset && b->lies_at - offset < count && b->flash[b->lies_at] != 0xFF) {
        ((uint8_t *)into)[b->lies_at - offset] ^= 1;
    }
    return 0;
}

static int flash_program(void *context, uint32_t offset, const void *bytes, size_t count) {
    struct board *b = context;
    const uint8_t *from = bytes;
    CHECK(offset % b->config.slot.write_unit == 0 && count % b->config.slot.write_unit == 0 && count > 0);
    CHECK(inside(b, offset, count));
    if (b->operations++ == b->fails_at) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        CHECK(b->flash[offset + i] == 0xFF);
        b->flash[offset + i] &= from[i];
    }
    return 0;
}

static int flash_erase(void *context, uint32_t offset) {
    struct board *b = context;
    const struct stub_slot *slot = &b->config.slot;
    CHECK(offset % slot->page_size == 0 && offset < slot->size);
    if (b->operations++ == b->fails_at) {
        return -1;
    }
    b->erases[offset / slot->page_size]++;
    memset(b->flash + offset, b->erase_does_nothing ? 0 : 0xFF, slot->page_size);
    if (offset == slot->size - slot->page_size) {
        b->boot.slot = STUB_SLOT_BLANK;
    }
    return 0;
}

static int read_elsewhere(void *context, uint32_t address, void *into, size_t count) {
    struct board *b = context;
    CHECK(address >= BOARD_ELSEWHERE && address - BOARD_ELSEWHERE + count <= sizeof b->elsewhere);
    memcpy(into, b->elsewhere + (address - BOARD_ELSEWHERE), count);
    return b->read_fails ? -1 : 0;
}

static int boot_state(void *context, struct stub_boot_state *state) {
    struct board *b = context;
    *state = b->boot;
    return b->read_fails ? -1 : 0;
}

static int mark_pending(void *context) {
    struct board *b = context;
    if (!b->mark_does_nothing) {
        memset(b->flash + b->config.slot.size - 16, 0x77, 16);
        b->boot.slot = STUB_SLOT_PENDING_TEST;
    }
    return 0;
}

static int confirm(void *context) {
    struct board *b = context;
    if (!b->confirm_does_nothing) {
        b->boot.running = STUB_RUNNING_CONFIRMED;
    }
    return 0;
}

void board_restart(struct board *b) {
    stub_session_init(&b->session, &b->config, b->now_ms);
}

void board_init(struct board *b) {
    memset(b, 0, sizeof *b);
    memset(b->flash, 0xFF, sizeof b->flash);
    b->now_ms = UINT32_MAX - 100;
    b->fails_at = BOARD_NEVER;
    b->lies_at = BOARD_NEVER;
    b->boot = (struct stub_boot_state){STUB_RUNNING_CONFIRMED, STUB_SLOT_BLANK};
    b->port = (struct stub_port){
        .context = b,
        .read = flash_read,
        .read_elsewhere = read_elsewhere,
        .program = flash_program,
        .erase = flash_erase,
        .boot_state = boot_state,
        .mark_pending = mark_pending,
        .confirm = confirm,
    };
    b->config = (struct stub_config){
        .identity = {.board = "test_board", .unit = "u1", .software = "0.1.0", .readable = {{BOARD_ELSEWHERE, 0x2000}}},
        .slot = {.base = 0x80000,
                 .size = BOARD_SIZE,
                 .page_size = BOARD_PAGE,
                 .size_limit = BOARD_SIZE - 2 * BOARD_PAGE,
                 .write_unit = 4,
                 .swap_mode = STUB_SWAP_MOVE},
        .memory = {b->ring, BOARD_RING, b->page, b->frame, sizeof b->frame},
        .port = &b->port,
        .boot_id = {1, 2, 3, 4, 5, 6, 7, 8},
        .line_capacity = 16382,
        .stall_max_ms = 90,
    };
    memset(b->config.identity.image_hash, 0xA5, STUB_HASH_SIZE);
    board_restart(b);
}

bool board_is_due(const struct board *b) {
    uint32_t at;
    return stub_session_deadline(&b->session, &at) && (int32_t)(b->now_ms - at) >= 0;
}

void board_run(struct board *b) {
    for (int i = 0; i < 10000; i++) {
        if (!board_is_due(b)) {
            return;
        }
        stub_session_tick(&b->session, b->now_ms);
        b->now_ms++;
    }
    CHECK(!"work that never ends");
}
