/*
 * The stub's thread from the application's call to the reset: frames on the line in, frames out, as a host sees it.
 * The board's erases stop the CPU while the host goes on sending.
 */
#include <errno.h>

#include <zephyr/sys/util.h>

#include "../check.h"
#include "bytes.h"
#include "fake_host.h"
#include "fakes.h"
#include "fota_bridge/stub.h"
#include "sha256.h"
#include "siphash.h"
#include "wire.h"

#define IMAGE_PAGES 6u
#define MS 1000u
#define HOST_SETTLES_NS 20000000u /* before a host sends its first probe at the new rate */

static void says_hello(void) {
    fake_host_start("says hello");
    CHECK_EQ(0, host.welcome);
    CHECK(memcmp(host.boot_id, (uint8_t[8]){0}, 8) != 0);
    CHECK(fake.crystal);
    fake_host_hello();
    CHECK(host.welcome);
    static const char wanted[] = "nrf9160dk_nrf9160_ns";
    bool found = false;
    for (size_t i = 0; i + sizeof wanted < fake.uart.out_count; i++) {
        found = found || memcmp(fake.uart.out + i, wanted, sizeof wanted - 1) == 0;
    }
    CHECK(found);
}

static void says_why_it_cannot_start(void) {
    fake_host_begin("no UART");
    fake.uart.not_ready = true;
    CHECK_EQ(-ENODEV, fota_bridge_stub_start());
    fake_host_begin("no entropy");
    fake.entropy_missing = true;
    CHECK_EQ(-ENODEV, fota_bridge_stub_start());
    fake_host_begin("flash that cannot be read");
    fake.reads_fail = true;
    CHECK_EQ(-EIO, fota_bridge_stub_start());
    fake_host_begin("pages that are too large");
    fake.page_size = 8192;
    CHECK_EQ(-ENOTSUP, fota_bridge_stub_start());
    fake_host_begin("a UART that does not receive");
    fake.uart.refuses_enable = true;
    CHECK_EQ(-EIO, fota_bridge_stub_start());
}

static void starts_without_an_image(void) {
    fake_host_begin("starts without an image");
    memset(fake.flash + FAKE_PRIMARY, 0xFF, FAKE_SLOT_SIZE);
    CHECK_EQ(0, fota_bridge_stub_start());
    fake_host_run_ms(20);
    fake_host_hello();
    CHECK(host.welcome);
}

static void make_page(uint8_t *into, uint32_t page) {
    check_noise(into, FAKE_PAGE, 1000 + page);
}

static int begin_upload(uint8_t hash[STUB_HASH_SIZE]) {
    uint8_t rest[5 + 64] = {STUB_BEGIN_NOT_PENDING};
    struct stub_sha256 sha;
    uint8_t page[FAKE_PAGE];
    stub_sha256_start(&sha);
    for (uint32_t i = 0; i < IMAGE_PAGES; i++) {
        make_page(page, i);
        stub_sha256_add(&sha, page, FAKE_PAGE);
    }
    stub_sha256_end(&sha, hash);
    stub_put_le32(rest + 1, IMAGE_PAGES * FAKE_PAGE);
    memcpy(rest + 5, hash, 32);
    memcpy(rest + 37, hash, 32);
    return fake_host_ask(STUB_BEGIN, rest, sizeof rest, 300);
}

static size_t make_stream(uint8_t *into) {
    size_t at = 0;
    for (uint16_t i = 0; i < IMAGE_PAGES; i++) {
        struct stub_siphash sip;
        uint8_t *record = into + at;
        make_page(record + STUB_RECORD_HEADER, i);
        stub_siphash_start(&sip, fake_host_nonce);
        stub_siphash_add(&sip, record + STUB_RECORD_HEADER, FAKE_PAGE);
        record[0] = STUB_RECORD_RAW;
        record[1] = 0;
        stub_put_le16(record + 2, i);
        stub_put_le16(record + 4, FAKE_PAGE);
        stub_siphash_end(&sip, record + 6);
        at += STUB_RECORD_HEADER + FAKE_PAGE;
    }
    return at;
}

/* In fragments of 1000 bytes, as far as credit goes, whatever the board is doing; true when all of it was sent. */
static bool send_stream(const uint8_t *stream, size_t size) {
    uint8_t payload[4 + 1000];
    size_t sent = 0;
    for (unsigned i = 0; i < 2000 && sent < size; i++) {
        size_t count = MIN(size - sent, 1000u);
        if (host.credit >= sent + count) {
            stub_put_le32(payload, (uint32_t)sent);
            memcpy(payload + 4, stream + sent, count);
            fake_host_say(STUB_DATA, payload, 4 + count);
            sent += count;
        } else {
            fake_host_say(STUB_PING, NULL, 0);
            fake_host_run_ms(10);
        }
    }
    return sent == size;
}

/* The slot holds something else, so each page is erased, and the CPU is gone 87.5 ms while bytes come at 1 Mbaud. */
static void takes_an_update(void) {
    static uint8_t stream[IMAGE_PAGES * (FAKE_PAGE + STUB_RECORD_HEADER)];
    uint8_t hash[STUB_HASH_SIZE];
    uint8_t page[FAKE_PAGE];
    uint8_t rest[8 + 32];
    fake_host_begin("takes an update");
    fake.uart.baud = 1000000;
    memset(fake.flash + FAKE_SECONDARY, 0x5A, IMAGE_PAGES * FAKE_PAGE);
    CHECK_EQ(0, fota_bridge_stub_start());
    fake_host_run_ms(20);
    fake_host_hello();
    CHECK_EQ(STUB_OK, begin_upload(hash));
    CHECK(send_stream(stream, make_stream(stream)));
    fake_host_run_ms(2000);
    fake_host_say(STUB_PING, NULL, 0);
    fake_host_run_ms(50);
    CHECK_EQ(IMAGE_PAGES, host.durable);
    CHECK_EQ(0, fake.uart.lost);
    for (uint32_t i = 0; i < IMAGE_PAGES; i++) {
        make_page(page, i);
        CHECK_BYTES(page, fake.flash + FAKE_SECONDARY + i * FAKE_PAGE, FAKE_PAGE);
    }
    CHECK_EQ(STUB_OK, fake_host_ask(STUB_VERIFY, NULL, 0, 1000));
    memcpy(rest, host.boot_id, 8);
    memcpy(rest + 8, hash, 32);
    CHECK_EQ(STUB_OK, fake_host_ask(STUB_MARK, rest, sizeof rest, 200));
    CHECK_EQ(0x77, fake.flash[FAKE_SECONDARY + FAKE_SLOT_SIZE - 16]);
    CHECK_EQ(0, fake.resets);
}

/* The answer is out before the board is gone, and the modem is shut down. */
static void resets_after_the_answer(void) {
    fake_host_start("resets after the answer");
    fake_host_hello();
    CHECK_EQ(STUB_BOOT_ID, fake_host_ask(STUB_RESET, (uint8_t[8]){1}, 8, 100));
    CHECK_EQ(0, fake.resets);
    CHECK_EQ(STUB_OK, fake_host_ask(STUB_RESET, host.boot_id, 8, 200));
    CHECK_EQ(1, fake.resets);
    CHECK_EQ(1, host.resets_told);
    CHECK(fake.modem.shut_down);
}

static int ask_rate(uint32_t rate) {
    uint8_t rest[4];
    stub_put_le32(rest, rate);
    return fake_host_ask(STUB_RATE, rest, sizeof rest, 100);
}

/* The answer comes at the old rate; in silence the line goes back. */
static void changes_its_rate(void) {
    fake_host_start("changes its rate");
    fake_host_hello();
    CHECK_EQ(STUB_RANGE, ask_rate(921600));
    CHECK_EQ(STUB_OK, ask_rate(1000000));
    CHECK_EQ(1000000, fake.uart.baud);
    CHECK(fake.uart.enabled_ns - fake.uart.left_ns < HOST_SETTLES_NS);
    host.welcome = false;
    fake_host_hello();
    CHECK(host.welcome);
    CHECK_EQ(STUB_OK, ask_rate(1000000));
    fake_host_run_ms(2000);
    CHECK_EQ(1000000, fake.uart.baud);
    fake_host_run_ms(1500);
    CHECK_EQ(115200, fake.uart.baud);
    host.welcome = false;
    fake_host_hello();
    CHECK(host.welcome);
}

/* A break, and the silence of a host that is gone: the thread sleeps, and answers the next one. */
static void stays_awake_for_the_next_host(void) {
    fake_host_start("stays awake for the next host");
    fake.uart.breaks = true;
    fake_host_run_ms(5000);
    fake_host_hello();
    CHECK(host.welcome);
}

int main(void) {
    says_hello();
    says_why_it_cannot_start();
    starts_without_an_image();
    takes_an_update();
    resets_after_the_answer();
    changes_its_rate();
    stays_awake_for_the_next_host();
    return check_summary("zephyr, stub");
}
