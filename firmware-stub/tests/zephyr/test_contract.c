/* The contract of every platform, held against the glue on the fakes; the line is looped back. */
#include "../check.h"
#include "../contract/contract.h"
#include "configuration.h"
#include "fakes.h"

static struct line line;
static struct slot slot;
static struct k_sem wake;
static struct stub_config config;
static uint32_t baud = 115200;

static const struct stub_config *start(void *context) {
    (void)context;
    fake_init();
    fake.uart.loops_back = true;
    fake.uart.baud = baud;
    CHECK_EQ(0, slot_open(&slot));
    CHECK_EQ(0, line_open(&line, &fake_uart, &wake));
    CHECK_EQ(0, configuration_make(&config, &line, &slot));
    return &config;
}

static uint32_t now_ms(void *context) {
    (void)context;
    return k_uptime_get_32();
}

static void idle(void *context) {
    (void)context;
    fake_pass_us(500);
    line_mend(&line);
}

static size_t send(void *context, const uint8_t *bytes, size_t count) {
    (void)context;
    if (!line_can_send(&line)) {
        return 0;
    }
    count = MIN(count, sizeof line.out);
    memcpy(line.out, bytes, count);
    line_send(&line, count);
    return count;
}

static size_t receive(void *context, uint8_t *into, size_t capacity) {
    const uint8_t *bytes;
    (void)context;
    size_t count = line_peek(&line, &bytes);
    count = MIN(count, capacity);
    memcpy(into, bytes, count);
    line_consume(&line, count);
    return count;
}

int main(void) {
    static const struct contract_platform platform = {NULL, start, now_ms, idle, send, receive};
    contract_run(&platform);
    baud = 1000000;
    contract_run(&platform);
    CHECK_EQ(0, fake.uart.lost);
    CHECK_EQ(0, fake.forbidden);
    return check_summary("contract, zephyr");
}
