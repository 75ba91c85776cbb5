/* The host's end of the line, for tests of the stub's thread. */
#include "fake_host.h"

#include <string.h>

#include "../check.h"
#include "bytes.h"
#include "fakes.h"
#include "fota_bridge/stub.h"
#include "wire.h"

#define MS 1000u

const uint8_t fake_host_nonce[8] = {0xA1, 0xB2, 3, 4, 5, 6, 7, 8};

struct fake_host host;

static void listen(const struct stub_event *event) {
    host.resets_told += event->type == STUB_EVENT_RESET;
}

void fake_host_say(uint8_t type, const uint8_t *payload, size_t count) {
    static uint8_t wire[8192];
    size_t at = STUB_FRAME_BODY_AT(count + STUB_BODY_MIN);
    wire[at] = type;
    memcpy(wire + at + 1, fake_host_nonce, 2);
    stub_put_le16(wire + at + 3, host.number++);
    if (count > 0) {
        memcpy(wire + at + STUB_BODY_HEADER, payload, count);
    }
    fake_feed(wire, stub_frame_seal(wire, at, STUB_BODY_HEADER + count));
}

static void hear_frame(const uint8_t *body) {
    const uint8_t *payload = body + STUB_BODY_HEADER;
    switch (body[0]) {
    case STUB_BOOTED:
        memcpy(host.boot_id, payload, sizeof host.boot_id);
        break;
    case STUB_WELCOME:
        host.welcome = true;
        memcpy(host.boot_id, payload + 9, sizeof host.boot_id);
        break;
    case STUB_REPLY:
        memcpy(host.reply, payload, sizeof host.reply);
        break;
    case STUB_STATUS:
        host.credit = stub_get_le32(payload + 11);
        host.durable = stub_get_le16(payload + 15);
        break;
    default:
        break;
    }
}

static void hear(void) {
    for (; host.heard < fake.uart.out_count; host.heard++) {
        enum stub_frame_result result = stub_frame_receive(&host.receiver, fake.uart.out[host.heard]);
        if (result == STUB_FRAME_GOOD) {
            hear_frame(host.body);
        } else {
            CHECK_EQ(STUB_FRAME_MORE, result);
        }
    }
}

void fake_host_run_ms(uint32_t ms) {
    fake_run_us(ms * MS);
    hear();
}

int fake_host_ask(uint8_t type, const uint8_t *rest, size_t count, uint32_t wait_ms) {
    uint8_t payload[128] = {++host.tag};
    if (count > 0) {
        memcpy(payload + 1, rest, count);
    }
    memset(host.reply, 0xFF, sizeof host.reply);
    fake_host_say(type, payload, count + 1);
    fake_host_run_ms(wait_ms);
    return host.reply[0] == host.tag && host.reply[1] == type ? host.reply[2] : -1;
}

void fake_host_begin(const char *name) {
    fota_bridge_stub_stop(); /* what the last test left running */
    check_begin(name);
    fake_init();
    memset(&host, 0, sizeof host);
    stub_frame_receiver_init(&host.receiver, host.body, sizeof host.body);
    fota_bridge_stub_listen(listen);
}

void fake_host_start(const char *name) {
    fake_host_begin(name);
    CHECK_EQ(0, fota_bridge_stub_start());
    fake_host_run_ms(20);
}

void fake_host_hello(void) {
    uint8_t payload[10] = {1, 1};
    memcpy(payload + 2, fake_host_nonce, sizeof fake_host_nonce);
    fake_host_say(STUB_HELLO, payload, sizeof payload);
    fake_host_run_ms(100);
}
