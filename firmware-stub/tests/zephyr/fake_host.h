/* The host's end of the line: says frames, hears those of the board. */
#ifndef TESTS_ZEPHYR_FAKE_HOST_H
#define TESTS_ZEPHYR_FAKE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

extern const uint8_t fake_host_nonce[8];

extern struct fake_host {
    uint16_t number;
    uint8_t tag;
    size_t heard; /* of fake.uart.out */
    uint8_t body[512];
    struct stub_frame_receiver receiver;
    uint8_t boot_id[8];
    uint8_t reply[7];
    bool welcome;
    uint32_t credit;
    uint16_t durable;
    uint32_t board_text; /* chunks that were no frames */
    unsigned resets_told;
} host;

/* A board as new, a host that has heard nothing. */
void fake_host_begin(const char *name);
/* The same with the stub running. */
void fake_host_start(const char *name);
/* Time passes in the stub's thread; what it has sent is heard. */
void fake_host_run_ms(uint32_t ms);
void fake_host_say(uint8_t type, const uint8_t *payload, size_t count);
/* HELLO, and 100 ms for the answer: host.welcome. */
void fake_host_hello(void);
/* A request and its reply's code, -1 if there is none. */
int fake_host_ask(uint8_t type, const uint8_t *rest, size_t count, uint32_t wait_ms);

#endif
