#include "contract.h"

#include "../check.h"
#include "../unit/host.h"
#include "bytes.h"
#include "sha256.h"
#include "wire.h"

#define IMAGE_MAGIC 0x96F3B83Du
#define PIECE 256u          /* what the core programs at a time */
#define WAIT_ROUNDS 200000u /* of idle, for something that must come */

static struct {
    const struct contract_platform *platform;
    const struct stub_config *config;
    struct stub_session session;
    struct host host;
    uint32_t now_ms;
} t;

static int flash_read(uint32_t offset, void *into, size_t count) {
    return t.config->port->read(t.config->port->context, offset, into, count);
}

static int flash_program(uint32_t offset, const void *bytes, size_t count) {
    return t.config->port->program(t.config->port->context, offset, bytes, count);
}

static int flash_erase(uint32_t offset) {
    return t.config->port->erase(t.config->port->context, offset);
}

static uint32_t page_size(void) {
    return t.config->slot.page_size;
}

static uint32_t last_page(void) {
    return t.config->slot.size - page_size();
}

/* Every byte of the page reads as wanted, or as the noise of that seed. */
static bool reads_as(uint32_t page, bool blank, uint32_t seed) {
    uint8_t bytes[PIECE];
    uint8_t wanted[PIECE];
    memset(wanted, 0xFF, sizeof wanted);
    for (uint32_t at = 0; at < page_size(); at += PIECE) {
        if (!blank) {
            check_noise(wanted, PIECE, seed + at);
        }
        if (flash_read(page + at, bytes, PIECE) != 0 || memcmp(bytes, wanted, PIECE) != 0) {
            return false;
        }
    }
    return true;
}

static bool write_noise(uint32_t page, uint32_t seed) {
    uint8_t bytes[PIECE];
    for (uint32_t at = 0; at < page_size(); at += PIECE) {
        check_noise(bytes, PIECE, seed + at);
        if (flash_program(page + at, bytes, PIECE) != 0) {
            return false;
        }
    }
    return true;
}

/* ---- what the platform says of itself ---- */

static bool is_power_of_two(uint32_t value, uint32_t least, uint32_t most) {
    return value >= least && value <= most && (value & (value - 1)) == 0;
}

static bool is_text(const char *text) {
    size_t length = 0;
    for (; text != NULL && text[length] != '\0'; length++) {
        if (length == STUB_STRING_MAX || text[length] < 0x20 || text[length] > 0x7E) {
            return false;
        }
    }
    return true;
}

static void says_what_the_protocol_allows(void) {
    const struct stub_slot *slot = &t.config->slot;
    const struct stub_memory *memory = &t.config->memory;
    check_begin("says what the protocol allows");
    CHECK(is_power_of_two(slot->page_size, 256, 65536));
    CHECK(slot->size % slot->page_size == 0 && slot->size >= 3 * slot->page_size);
    CHECK(slot->image_offset == 0 || slot->image_offset == slot->page_size);
    CHECK(slot->size_limit > 0 && slot->size_limit <= slot->size - slot->image_offset - slot->page_size);
    CHECK(is_power_of_two(slot->write_unit, 1, 32));
    CHECK(slot->swap_mode >= STUB_SWAP_MOVE && slot->swap_mode <= STUB_SWAP_OVERWRITE);
    CHECK((slot->image_offset != 0) == (slot->swap_mode == STUB_SWAP_OFFSET));
    CHECK(is_power_of_two(memory->ring_size, 2 * slot->page_size, 1u << 30));
    CHECK(memory->ring != NULL && memory->page != NULL && memory->frame != NULL && memory->frame_size >= 512);
    CHECK(t.config->line_capacity >= 273);
    CHECK(t.config->stall_max_ms < 2000);
    for (unsigned i = 1; i < STUB_RATES_MAX && t.config->rates[i] != 0; i++) {
        CHECK(t.config->rates[0] != 0 && t.config->rates[i] != t.config->rates[0]);
    }
    const struct stub_identity *identity = &t.config->identity;
    CHECK(identity->board != NULL && identity->board[0] != '\0' && is_text(identity->board));
    CHECK(identity->software != NULL && identity->software[0] != '\0' && is_text(identity->software));
    CHECK(is_text(identity->unit));
}

static bool overlaps_slot(const struct stub_range *range) {
    const struct stub_slot *slot = &t.config->slot;
    return range->base < slot->base + slot->size && slot->base < range->base + range->length;
}

static void reads_what_it_says_can_be_read(void) {
    const struct stub_port *port = t.config->port;
    const struct stub_identity *identity = &t.config->identity;
    uint8_t bytes[5];
    check_begin("reads what it says can be read");
    for (unsigned i = 0; i < STUB_READABLE_MAX && identity->readable[i].length > 0; i++) {
        const struct stub_range *range = &identity->readable[i];
        CHECK(range->base + range->length > range->base && range->length >= sizeof bytes);
        if (!overlaps_slot(range)) {
            CHECK_EQ(0, port->read_elsewhere(port->context, range->base, bytes, sizeof bytes));
            uint32_t last = range->base + range->length - (uint32_t)sizeof bytes;
            CHECK_EQ(0, port->read_elsewhere(port->context, last, bytes, sizeof bytes));
        }
        if (identity->running_at - range->base <= range->length - 4) {
            CHECK_EQ(0, port->read_elsewhere(port->context, identity->running_at, bytes, 4));
            CHECK(identity->running_at == 0 || stub_get_le32(bytes) == IMAGE_MAGIC);
        }
    }
}

/* ---- flash ---- */

static void erases_one_whole_page(void) {
    const uint32_t pages[] = {0, page_size(), last_page() / 2 / page_size() * page_size(), last_page()};
    check_begin("erases one whole page");
    for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        uint32_t below = pages[i] == 0 ? pages[i] + page_size() : pages[i] - page_size();
        CHECK_EQ(0, flash_erase(below));
        CHECK_EQ(0, flash_erase(pages[i]));
        CHECK(write_noise(below, 1) && write_noise(pages[i], 2));
        CHECK(reads_as(below, false, 1) && reads_as(pages[i], false, 2));
        CHECK_EQ(0, flash_erase(pages[i]));
        CHECK(reads_as(pages[i], true, 0));
        CHECK(reads_as(below, false, 1));
        CHECK_EQ(0, flash_erase(pages[i]));
        CHECK(reads_as(pages[i], true, 0));
        CHECK_EQ(0, flash_erase(below));
    }
}

/* Units by themselves, in any order, from memory that is not aligned to more than a word; the rest stays blank. */
static void programs_write_units(void) {
    const uint32_t unit = t.config->slot.write_unit < 4 ? 4 : t.config->slot.write_unit;
    uint8_t *page = t.config->memory.page;
    check_begin("programs write units");
    check_noise(page, page_size(), 3);
    CHECK_EQ(0, flash_erase(0));
    CHECK_EQ(0, flash_program(page_size() - unit, page + page_size() - unit, unit));
    CHECK_EQ(0, flash_program(0, page, unit));
    CHECK_EQ(0, flash_program(3 * unit, page + 3 * unit, 2 * unit));
    memset(page + unit, 0xFF, 2 * unit);
    memset(page + 5 * unit, 0xFF, page_size() - 6 * unit);
    uint8_t bytes[PIECE];
    for (uint32_t at = 0; at < page_size(); at += PIECE) {
        CHECK_EQ(0, flash_read(at, bytes, PIECE));
        CHECK_BYTES(page + at, bytes, PIECE);
    }
}

static void reads_any_bytes(void) {
    uint8_t whole[PIECE];
    uint8_t part[PIECE];
    check_begin("reads any bytes");
    CHECK(flash_erase(0) == 0 && flash_erase(page_size()) == 0 && write_noise(0, 4) && write_noise(page_size(), 5));
    CHECK_EQ(0, flash_read(page_size() - PIECE / 2, whole, PIECE));
    for (uint32_t at = 0; at < 9; at++) {
        for (uint32_t count = 1; count < PIECE - at; count += 41) {
            memset(part, 0, sizeof part);
            CHECK_EQ(0, flash_read(page_size() - PIECE / 2 + at, part, count));
            CHECK_BYTES(whole + at, part, count);
            CHECK_EQ(0, part[count]);
        }
    }
    CHECK_EQ(0, flash_read(t.config->slot.size - 1, part, 1));
}

static void refuses_what_is_not_in_the_slot(void) {
    uint8_t bytes[64] = {0};
    check_begin("refuses what is not in the slot");
    CHECK(flash_read(t.config->slot.size - 8, bytes, 16) < 0);
    CHECK(flash_read(UINT32_MAX - 7, bytes, 16) < 0);
    CHECK(flash_program(t.config->slot.size, bytes, 32) < 0);
    CHECK(flash_program(UINT32_MAX - 31, bytes, 64) < 0);
    CHECK(flash_erase(t.config->slot.size) < 0);
}

/* ---- MCUboot ---- */

static struct stub_boot_state boot_state(void) {
    struct stub_boot_state state = {STUB_RUNNING_UNKNOWN, STUB_SLOT_DIRTY};
    CHECK_EQ(0, t.config->port->boot_state(t.config->port->context, &state));
    return state;
}

static void tells_what_mcuboot_would_do(void) {
    const struct stub_port *port = t.config->port;
    check_begin("tells what MCUboot would do");
    CHECK_EQ(0, flash_erase(last_page()));
    CHECK_EQ(STUB_SLOT_BLANK, boot_state().slot);
    CHECK(write_noise(last_page(), 6));
    CHECK_EQ(STUB_SLOT_DIRTY, boot_state().slot);
    CHECK_EQ(0, flash_erase(last_page()));
    CHECK_EQ(STUB_SLOT_BLANK, boot_state().slot);
    enum stub_running_state running = boot_state().running;
    CHECK_EQ(0, port->mark_pending(port->context));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, boot_state().slot);
    CHECK_EQ(0, port->mark_pending(port->context));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, boot_state().slot);
    CHECK_EQ(running, boot_state().running);
    CHECK_EQ(0, flash_erase(last_page()));
    CHECK_EQ(STUB_SLOT_BLANK, boot_state().slot);
}

static void confirms_what_runs(void) {
    const struct stub_port *port = t.config->port;
    check_begin("confirms what runs");
    CHECK_EQ(0, port->confirm(port->context));
    CHECK_EQ(STUB_RUNNING_CONFIRMED, boot_state().running);
    CHECK_EQ(0, port->confirm(port->context));
    CHECK_EQ(STUB_RUNNING_CONFIRMED, boot_state().running);
}

/* ---- time, entropy, line ---- */

static uint32_t now_ms(void) {
    return t.platform->now_ms(t.platform->context);
}

static void has_a_clock(void) {
    uint32_t start = now_ms();
    uint32_t before = start;
    uint32_t rounds = 0;
    bool back = false;
    bool jumps = false;
    check_begin("has a clock");
    for (; rounds < WAIT_ROUNDS && before - start < 50; rounds++) {
        t.platform->idle(t.platform->context);
        uint32_t now = now_ms();
        back = back || (int32_t)(now - before) < 0;
        jumps = jumps || (int32_t)(now - before) > 1000;
        before = now;
    }
    CHECK(before - start >= 50);
    CHECK(!back && !jumps);
    before = now_ms();
    CHECK_EQ(0, flash_erase(0));
    CHECK((now_ms() - before) * 1000u >= t.config->work.erase_us / 2u);
    CHECK(now_ms() - before <= t.config->stall_max_ms + 1000u);
}

static void draws_a_boot_id_at_each_start(void) {
    uint8_t ids[4][STUB_BOOT_ID_SIZE];
    check_begin("draws a boot id at each start");
    for (unsigned i = 0; i < 4; i++) {
        t.config = t.platform->start(t.platform->context);
        memcpy(ids[i], t.config->boot_id, sizeof ids[i]);
        for (unsigned k = 0; k < i; k++) {
            CHECK(memcmp(ids[i], ids[k], sizeof ids[i]) != 0);
        }
    }
    bool moves = false; /* of an id of fresh entropy, no byte is always the same; one that counts up has such bytes */
    for (unsigned at = 0; at < STUB_BOOT_ID_SIZE; at++) {
        moves = ids[0][at] != ids[1][at] || ids[1][at] != ids[2][at] || ids[2][at] != ids[3][at];
        CHECK(moves);
    }
}

static uint8_t looped_byte(uint32_t at) {
    return (uint8_t)(at * 7 + at / 256);
}

/* Gives bytes from *sent on to the line, as far as it takes them. */
static void send_some(uint32_t *sent, uint32_t count, uint32_t piece) {
    uint8_t bytes[PIECE];
    uint32_t n = stub_min32(piece, count - *sent);
    for (uint32_t i = 0; i < n; i++) {
        bytes[i] = looped_byte(*sent + i);
    }
    *sent += n > 0 ? (uint32_t)t.platform->send(t.platform->context, bytes, n) : 0;
}

/* Takes what has come; false if it is not what was sent. */
static bool take_some(uint32_t *taken, uint32_t piece) {
    uint8_t bytes[PIECE];
    size_t n = t.platform->receive(t.platform->context, bytes, piece);
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != looped_byte(*taken + (uint32_t)i)) {
            return false;
        }
    }
    *taken += (uint32_t)n;
    return true;
}

static bool loops_back(uint32_t count, uint32_t piece) {
    uint32_t sent = 0;
    uint32_t taken = 0;
    for (uint32_t round = 0; round < WAIT_ROUNDS && taken < count; round++) {
        send_some(&sent, count, piece);
        if (!take_some(&taken, piece)) {
            return false;
        }
        t.platform->idle(t.platform->context);
    }
    return taken == count;
}

/* What comes while the CPU is gone is there afterwards, as much as line_capacity says. */
static bool holds_through_an_erase(uint32_t count) {
    uint32_t sent = 0;
    uint32_t taken = 0;
    for (uint32_t round = 0; round < WAIT_ROUNDS && sent < count; round++) {
        send_some(&sent, count, PIECE);
        t.platform->idle(t.platform->context);
    }
    bool erased = flash_erase(0) == 0;
    for (uint32_t round = 0; round < WAIT_ROUNDS && taken < count; round++) {
        if (!take_some(&taken, PIECE)) {
            return false;
        }
        t.platform->idle(t.platform->context);
    }
    return erased && taken == count;
}

static void has_a_line(void) {
    check_begin("has a line");
    if (t.platform->send != NULL) {
        CHECK(loops_back(2048, 1));
        CHECK(loops_back(2048, 7));
        CHECK(loops_back(20000, PIECE));
        CHECK(holds_through_an_erase(t.config->line_capacity));
        CHECK(holds_through_an_erase(t.config->line_capacity));
    }
}

/* ---- all of it together ---- */

static void image_page(uint8_t *into, uint32_t page) {
    check_noise(into, page_size(), 100 + page);
}

/* Sends one page as a record, behind what was sent before; uses no memory that the session has. */
static void send_page(uint32_t *offset, uint32_t page, uint32_t size) {
    static uint8_t record[STUB_RECORD_HEADER + 65536];
    uint8_t *bytes = record + STUB_RECORD_HEADER;
    image_page(bytes, page);
    memset(bytes + size, 0xFF, page_size() - size);
    uint32_t count = (uint32_t)host_record(&t.host, record, 0, (uint16_t)page, bytes, size);
    host_stream(&t.host, *offset, record, count);
    *offset += count;
}

static int mark(const uint8_t *sha256) {
    uint8_t rest[STUB_BOOT_ID_SIZE + STUB_HASH_SIZE];
    memcpy(rest, t.config->boot_id, STUB_BOOT_ID_SIZE);
    memcpy(rest + STUB_BOOT_ID_SIZE, sha256, STUB_HASH_SIZE);
    return host_request(&t.host, STUB_MARK, rest, sizeof rest);
}

static void carries_a_whole_update(void) {
    struct stub_sha256 sha;
    uint8_t hash[STUB_HASH_SIZE];
    uint32_t offset = 0;
    check_begin("carries a whole update");
    t.config = t.platform->start(t.platform->context);
    const uint32_t rest = page_size() / 2;
    stub_sha256_start(&sha);
    image_page(t.config->memory.ring, 0);
    stub_sha256_add(&sha, t.config->memory.ring, page_size());
    image_page(t.config->memory.ring, 1);
    stub_sha256_add(&sha, t.config->memory.ring, rest);
    stub_sha256_end(&sha, hash);
    t.now_ms = now_ms();
    stub_session_init(&t.session, t.config, t.now_ms);
    host_attach(&t.host, &t.session, &t.now_ms, 0x42);
    host_hello(&t.host);
    CHECK(host_answer(&t.host, STUB_WELCOME) != NULL);
    CHECK_EQ(STUB_OK, host_begin(&t.host, STUB_BEGIN_NOT_PENDING, page_size() + rest, hash, hash));
    send_page(&offset, 0, page_size());
    send_page(&offset, 1, rest);
    CHECK_EQ(2, host_status(&t.host).durable);
    CHECK_EQ(STUB_OK, host_request(&t.host, STUB_VERIFY, NULL, 0));
    CHECK_EQ(STUB_SLOT_BLANK, boot_state().slot);
    CHECK_EQ(STUB_OK, mark(hash));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, boot_state().slot);
    CHECK_EQ(STUB_OK, host_request(&t.host, STUB_ABORT, NULL, 0));
    CHECK_EQ(STUB_SLOT_BLANK, boot_state().slot);
}

void contract_run(const struct contract_platform *platform) {
    t.platform = platform;
    t.config = platform->start(platform->context);
    says_what_the_protocol_allows();
    confirms_what_runs();
    reads_what_it_says_can_be_read();
    erases_one_whole_page();
    programs_write_units();
    reads_any_bytes();
    refuses_what_is_not_in_the_slot();
    tells_what_mcuboot_would_do();
    has_a_clock();
    has_a_line();
    draws_a_boot_id_at_each_start();
    carries_a_whole_update();
}
