/* Flash that fails, MCUboot's states, and what slot 0 says without TF-M's part being touched. */
#include <errno.h>

#include "../check.h"
#include "board.h"
#include "fakes.h"
#include "running.h"
#include "slot.h"

#define LAST_PAGE (FAKE_SLOT_SIZE - FAKE_PAGE)
#define TLV_AT (FAKE_PRIMARY + 0x200 + 0x9000 + 12)

static struct slot slot;
static struct stub_identity identity;

static void start(const char *name) {
    check_begin(name);
    fake_init();
    memset(&identity, 0, sizeof identity);
    CHECK_EQ(0, slot_open(&slot));
}

static void knows_the_slot(void) {
    start("knows the slot");
    CHECK_EQ(FAKE_SECONDARY, slot.geometry.base);
    CHECK_EQ(FAKE_SLOT_SIZE, slot.geometry.size);
    CHECK_EQ(FAKE_PAGE, slot.geometry.page_size);
    CHECK_EQ(FAKE_SLOT_SIZE - 8192, slot.geometry.size_limit);
    CHECK_EQ(4, slot.geometry.write_unit);
    CHECK_EQ(STUB_SWAP_MOVE, slot.geometry.swap_mode);
    CHECK_EQ(0, slot.geometry.image_offset);
}

static void refuses_a_geometry_without_words(void) {
    static const uint32_t pages[] = {128, 3000, 12288, 131072, FAKE_SLOT_SIZE / 2};
    for (unsigned i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        check_begin("refuses a geometry without words");
        fake_init();
        fake.page_size = pages[i];
        CHECK_EQ(-ENOTSUP, slot_open(&slot));
    }
}

static void passes_failures_on(void) {
    uint8_t bytes[8] = {0};
    start("passes failures on");
    fake.fails_at = 1;
    CHECK_EQ(-EIO, slot.port.erase(&slot, 0));
    fake.fails_at = 2;
    CHECK_EQ(-EIO, slot.port.program(&slot, 0, bytes, 8));
    fake.reads_fail = true;
    struct stub_boot_state state;
    CHECK_EQ(-EIO, slot.port.read(&slot, 0, bytes, 8));
    CHECK_EQ(-EIO, slot.port.read_elsewhere(&slot, FAKE_PRIMARY, bytes, 8));
    CHECK_EQ(-EIO, slot.port.boot_state(&slot, &state));
    CHECK_EQ(-EIO, slot.port.erase(&slot, 0));
    fake.reads_fail = false;
    fake.mcuboot_fails = true;
    CHECK_EQ(-EIO, slot.port.boot_state(&slot, &state));
}

/* What a partial erase from non-secure code does: nothing, and success. */
static void sees_an_erase_that_did_nothing(void) {
    start("sees an erase that did nothing");
    fake.flash[FAKE_SECONDARY + 2 * FAKE_PAGE - 1] = 0x7F;
    fake.silent_at = 1;
    CHECK_EQ(-EIO, slot.port.erase(&slot, FAKE_PAGE));
    CHECK_EQ(0, slot.port.erase(&slot, FAKE_PAGE));
    CHECK_EQ(0xFF, fake.flash[FAKE_SECONDARY + 2 * FAKE_PAGE - 1]);
}

static struct stub_boot_state state(void) {
    struct stub_boot_state now = {STUB_RUNNING_UNKNOWN, STUB_SLOT_DIRTY};
    CHECK_EQ(0, slot.port.boot_state(&slot, &now));
    return now;
}

static void knows_what_is_pending(void) {
    start("knows what is pending");
    CHECK_EQ(STUB_SLOT_BLANK, state().slot);
    fake.flash[FAKE_SECONDARY + LAST_PAGE + 5] = 0;
    CHECK_EQ(STUB_SLOT_DIRTY, state().slot);
    CHECK_EQ(0, slot.port.erase(&slot, LAST_PAGE));
    CHECK_EQ(0, slot.port.mark_pending(&slot));
    CHECK_EQ(STUB_SLOT_PENDING_TEST, state().slot);
    fake.flash[FAKE_SECONDARY + FAKE_SLOT_SIZE - 24] = 1;
    CHECK_EQ(STUB_SLOT_PENDING_PERMANENT, state().slot);
    fake.flash[FAKE_SECONDARY + FAKE_SLOT_SIZE - 1] = 0;
    CHECK_EQ(STUB_SLOT_DIRTY, state().slot);
    CHECK(slot.port.mark_pending(&slot) < 0);
}

/* As MCUboot leaves the primary slot after a test swap: its magic, copy done, not confirmed. */
static void knows_a_trial(void) {
    start("knows a trial");
    CHECK_EQ(STUB_RUNNING_CONFIRMED, state().running);
    CHECK_EQ(0, slot.port.mark_pending(&slot));
    memcpy(fake.flash + FAKE_PRIMARY + FAKE_SLOT_SIZE - 16, fake.flash + FAKE_SECONDARY + FAKE_SLOT_SIZE - 16, 16);
    fake.flash[FAKE_PRIMARY + FAKE_SLOT_SIZE - 32] = 1;
    CHECK_EQ(0, slot.port.erase(&slot, LAST_PAGE));
    CHECK_EQ(STUB_RUNNING_ON_TRIAL, state().running);
    CHECK_EQ(STUB_SLOT_BLANK, state().slot);
    CHECK_EQ(0, slot.port.confirm(&slot));
    CHECK_EQ(STUB_RUNNING_CONFIRMED, state().running);
}

static void reads_the_running_image(void) {
    uint8_t hash[STUB_HASH_SIZE];
    start("reads the running image");
    CHECK_EQ(0, running_learn(slot.primary, &identity));
    fake_image_hash(hash);
    CHECK_BYTES(hash, identity.image_hash, STUB_HASH_SIZE);
    CHECK_EQ(1, identity.app_version.major);
    CHECK_EQ(2, identity.app_version.minor);
    CHECK_EQ(3, identity.app_version.revision);
    CHECK_EQ(4, identity.app_version.build);
    CHECK_EQ(FAKE_PRIMARY, identity.running_at);
    CHECK_EQ(0, fake.forbidden);
}

static void lists_only_what_may_be_read(void) {
    uint8_t byte;
    start("lists only what may be read");
    CHECK_EQ(0, running_learn(slot.primary, &identity));
    for (const struct stub_range *range = identity.readable; range->length != 0; range++) {
        for (uint32_t at = range->base; at < range->base + range->length; at++) {
            CHECK_EQ(0, slot.port.read_elsewhere(&slot, at, &byte, 1));
        }
    }
    CHECK_EQ(0x200, identity.readable[0].length);
    CHECK_EQ(FAKE_TFM_TO, identity.readable[1].base);
    CHECK_EQ(0, fake.forbidden);
}

/* Each of these leaves no hash that could be believed, and nothing is read beyond the slot. */
static void finds_no_hash_where_there_is_none(void) {
    static const struct {
        uint32_t at;
        uint8_t value;
    } broken[] = {
        {FAKE_PRIMARY, 0},         /* no header */
        {FAKE_PRIMARY + 8, 1},     /* a header longer than the slot's readable start */
        {FAKE_PRIMARY + 15, 0x7F}, /* a body larger than the slot */
        {TLV_AT, 0},               /* no TLVs */
        {TLV_AT + 2, 5},           /* the area ends before the hash */
        {TLV_AT + 2, 60},          /* it ends inside the hash */
        {TLV_AT + 7, 0x7F},        /* a TLV that is longer than the area */
        {TLV_AT + 40, 0x11},       /* no SHA-256 */
        {TLV_AT + 42, 31},         /* too short for one */
        {FAKE_PRIMARY + 10, 11},   /* the protected area ends elsewhere */
    };
    static const uint8_t zero[STUB_HASH_SIZE];
    for (unsigned i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        start("finds no hash where there is none");
        fake.flash[broken[i].at] = broken[i].value;
        CHECK_EQ(-ENOENT, running_learn(slot.primary, &identity));
        CHECK_BYTES(zero, identity.image_hash, STUB_HASH_SIZE);
    }
    start("a body up to the slot's end");
    memcpy(fake.flash + FAKE_PRIMARY + 12, &(uint32_t){FAKE_SLOT_SIZE - 0x200 - 12}, 4);
    CHECK_EQ(-ENOENT, running_learn(slot.primary, &identity));
    start("a body that ends before its beginning");
    memcpy(fake.flash + FAKE_PRIMARY + 12, &(uint32_t){UINT32_MAX - 7}, 4);
    CHECK_EQ(-ENOENT, running_learn(slot.primary, &identity));
    CHECK_EQ(0, fake.forbidden);
    start("slot 0 cannot be read");
    fake.reads_fail = true;
    CHECK_EQ(-EIO, running_learn(slot.primary, &identity));
}

static void knows_the_board(void) {
    char text[BOARD_NAME_SIZE];
    uint8_t bytes[8];
    start("knows the board");
    board_name(text);
    CHECK(strcmp(text, "nrf9160dk_nrf9160_ns") == 0);
    board_unit(text);
    CHECK(strcmp(text, "5036a1b2c3d4e50f") == 0);
    CHECK_EQ(0, board_entropy(bytes, sizeof bytes));
    fake.entropy_missing = true;
    CHECK_EQ(-ENODEV, board_entropy(bytes, sizeof bytes));
    CHECK_EQ(87500, board_work().erase_us);
}

int main(void) {
    knows_the_slot();
    refuses_a_geometry_without_words();
    passes_failures_on();
    sees_an_erase_that_did_nothing();
    knows_what_is_pending();
    knows_a_trial();
    reads_the_running_image();
    lists_only_what_may_be_read();
    finds_no_hash_where_there_is_none();
    knows_the_board();
    return check_summary("zephyr, slot");
}
