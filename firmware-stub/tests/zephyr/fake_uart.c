/* The UART: bytes go by DMA into one of two buffers, and an interrupt tells of it when there is a CPU to take it. */
#include <errno.h>
#include <string.h>

#include <zephyr/drivers/uart.h>
#include <zephyr/sys/util.h>

#include "../check.h"
#include "fakes.h"
#include "fakes_internal.h"

#define DMA_MAX 8191u
#define FIFO_SIZE 5u
#define FOREVER_US (-1)

const struct device fake_uart = {"uart"};

static uart_callback_t callback;
static void *callback_context;

static struct fake_uart *u = &fake.uart;

static void tell(struct uart_event event) {
    callback(&fake_uart, &event, callback_context);
}

static uint64_t byte_ns(void) {
    return 10000000000u / u->baud;
}

void fake_feed_wrong(const uint8_t *bytes, size_t count, unsigned every) {
    if (u->in_taken == u->in_count && u->in_ns < fake.now_ns) {
        u->in_ns = fake.now_ns;
    }
    for (size_t i = 0; i < count; i++) {
        u->in_wrong[u->in_count % FAKE_LINE_SIZE] = every != 0 && i % every == 0;
        u->in[u->in_count++ % FAKE_LINE_SIZE] = bytes[i];
    }
}

void fake_feed(const uint8_t *bytes, size_t count) {
    fake_feed_wrong(bytes, count, 0);
}

/* What the driver does with its count when a direction has come to rest. */
static void rest(void) {
    if (!u->keeps_count && u->active == NULL && u->out_buffer == NULL) {
        u->counted = 0;
        u->accounted = 0;
    }
}

static bool stopping(void) {
    return u->stops || u->breaks;
}

static void begin_stop(void) {
    u->stop_ns = fake.now_ns + u->tail * byte_ns();
}

/*
 * The active buffer is full: the hardware's shortcut goes on in the next one. If the CPU has not even looked at the end
 * before this one, the shortcut goes on at the beginning of the same buffer, over what it holds.
 */
static void end_buffer(void) {
    if (u->full != NULL) {
        u->lost += (uint32_t)u->active_count;
        u->active_count = 0;
        return;
    }
    u->full = u->active;
    u->full_count = u->active_count;
    u->full_told = u->active_told;
    u->active = u->next;
    u->active_size = u->next_size;
    u->active_count = 0;
    u->active_told = 0;
    u->next = NULL;
    u->asks = u->active != NULL;
    u->stops = u->active == NULL;
}

static void take_byte(uint8_t byte, bool wrong) {
    if (u->active == NULL) {
        u->lost++;
        return;
    }
    u->counted++;
    u->counted_ns = u->in_ns;
    if (stopping()) {
        return; /* the FIFO: flushed when the receiver has stopped */
    }
    u->active[u->active_count++] = byte;
    if (u->active_count == u->active_size) {
        end_buffer();
    }
    if (wrong && u->active != NULL) {
        u->breaks = true;
        begin_stop();
    }
}

void fake_uart_move(void) {
    while (u->in_taken < u->in_count && u->in_ns + byte_ns() <= fake.now_ns) {
        u->in_ns += byte_ns();
        size_t at = u->in_taken++ % FAKE_LINE_SIZE;
        take_byte(u->in[at], u->in_wrong[at]);
    }
}

static void tell_received(uint8_t *buffer, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        u->told[u->told_count++ % FAKE_LINE_SIZE] = buffer[i];
    }
    if (to > from) {
        u->accounted += (uint32_t)(to - from);
        tell((struct uart_event){UART_RX_RDY, {.rx = {buffer, from, to - from}}});
    }
}

static void tell_released(uint8_t *buffer) {
    tell((struct uart_event){UART_RX_BUF_RELEASED, {.rx_buf = {buffer}}});
}

static void serve_full(void) {
    uint8_t *buffer = u->full;
    if (buffer == NULL) {
        return;
    }
    u->full = NULL;
    tell_received(buffer, u->full_told, u->full_count);
    tell_released(buffer);
}

static void serve_stop(void) {
    uint8_t *active = u->active;
    uint8_t *next = u->next;
    u->stops = false;
    u->asks = false;
    u->active = NULL;
    u->next = NULL;
    if (u->breaks) {
        u->breaks = false;
        tell((struct uart_event){UART_RX_STOPPED, {.rx_stop = {UART_BREAK, {NULL, 0, 0}}}});
    }
    if (active != NULL) {
        tell_received(active, u->active_told, u->active_count);
        tell_released(active);
    }
    if (next != NULL) {
        tell_released(next);
    }
    rest();
    tell((struct uart_event){UART_RX_DISABLED, {.rx = {NULL, 0, 0}}});
}

/* When the driver's time-out tells of bytes: as many as its counts differ by, wherever the DMA is. */
static uint64_t idle_ns(void) {
    bool room = u->active != NULL && u->active_told < u->active_size;
    bool waits = room && !stopping() && u->counted != u->accounted;
    return waits ? u->counted_ns + (uint64_t)u->idle_us * 1000u : FAKE_NEVER;
}

static void serve_idle(void) {
    size_t from = u->active_told;
    u->active_told = MIN(from + (u->counted - u->accounted), u->active_size);
    tell_received(u->active, from, u->active_told);
}

static void serve_out(void) {
    size_t length = u->out_aborts ? 0 : u->out_length;
    const uint8_t *bytes = u->out_buffer;
    for (size_t i = 0; i < length; i++) {
        u->out[u->out_count++ % FAKE_LINE_SIZE] = bytes[i];
    }
    if (u->loops_back) {
        fake_feed(bytes, length);
    }
    u->out_buffer = NULL;
    rest();
    u->left_ns = u->out_aborts ? u->left_ns : fake.now_ns;
    tell((struct uart_event){u->out_aborts ? UART_TX_ABORTED : UART_TX_DONE, {.tx = {bytes, length}}});
}

void fake_uart_interrupt(void) {
    if (fake.cpu_gone || fake.locked != 0) {
        return;
    }
    serve_full();
    if (stopping() && u->stop_ns <= fake.now_ns) {
        serve_stop();
    }
    if (u->asks) {
        u->asks = false;
        tell((struct uart_event){UART_RX_BUF_REQUEST, {.rx = {NULL, 0, 0}}});
    }
    if (idle_ns() <= fake.now_ns) {
        serve_idle();
    }
    if (u->out_buffer != NULL && u->out_ns <= fake.now_ns) {
        serve_out();
    }
}

uint64_t fake_uart_next_ns(void) {
    uint64_t next = u->in_taken < u->in_count ? u->in_ns + byte_ns() : FAKE_NEVER;
    next = idle_ns() < next ? idle_ns() : next;
    next = u->out_buffer != NULL && u->out_ns < next ? u->out_ns : next;
    next = stopping() && u->stop_ns < next ? u->stop_ns : next;
    return u->asks || u->full != NULL ? fake.now_ns : next;
}

int uart_callback_set(const struct device *dev, uart_callback_t told, void *user_data) {
    (void)dev;
    callback = told;
    callback_context = user_data;
    return 0;
}

int uart_tx(const struct device *dev, const uint8_t *buf, size_t len, int32_t timeout) {
    (void)dev;
    if (u->out_buffer != NULL) {
        return -EBUSY;
    }
    u->out_buffer = buf;
    u->out_length = len;
    u->out_aborts = u->flow_control && u->cts_high;
    u->out_ns = fake.now_ns + len * byte_ns();
    if (u->out_aborts) {
        u->out_ns = timeout == FOREVER_US || u->knows_no_timeout ? FAKE_NEVER : fake.now_ns + (uint64_t)timeout * 1000u;
    }
    return 0;
}

int uart_tx_abort(const struct device *dev) {
    (void)dev;
    if (u->out_buffer == NULL) {
        return -EFAULT;
    }
    u->out_aborts = true;
    u->out_ns = fake.now_ns;
    return 0;
}

/* What EasyDMA can take; the glue must not even try anything else. */
static bool takes(size_t len) {
    bool fits = len >= FIFO_SIZE && len <= DMA_MAX;
    CHECK(fits);
    return fits;
}

int uart_rx_enable(const struct device *dev, uint8_t *buf, size_t len, int32_t timeout) {
    (void)dev;
    if (u->active != NULL || u->stops || !takes(len) || u->refuses_enable) {
        return -EBUSY;
    }
    u->enabled_ns = fake.now_ns;
    u->counted_ns = fake.now_ns;
    u->active = buf;
    u->active_size = len;
    u->active_count = 0;
    u->active_told = 0;
    u->next = NULL;
    u->asks = true;
    u->idle_us = timeout;
    return 0;
}

int uart_rx_buf_rsp(const struct device *dev, uint8_t *buf, size_t len) {
    (void)dev;
    if (u->active == NULL || u->refuses_buffers) {
        return -EACCES;
    }
    if (u->next != NULL || !takes(len)) {
        return -EBUSY;
    }
    u->next = buf;
    u->next_size = len;
    return 0;
}

int uart_rx_disable(const struct device *dev) {
    (void)dev;
    if (u->active == NULL) {
        return -EFAULT;
    }
    u->stops = !u->never_stops;
    begin_stop();
    return 0;
}

int uart_configure(const struct device *dev, const struct uart_config *cfg) {
    (void)dev;
    if (u->not_configurable) {
        return -ENOSYS;
    }
    u->baud = cfg->baudrate;
    u->flow_control = cfg->flow_ctrl == UART_CFG_FLOW_CTRL_RTS_CTS;
    return 0;
}

int uart_config_get(const struct device *dev, struct uart_config *cfg) {
    (void)dev;
    if (u->not_configurable) {
        return -ENOSYS;
    }
    *cfg = (struct uart_config){
        .baudrate = u->baud,
        .data_bits = 3,
        .stop_bits = 1,
        .flow_ctrl = u->flow_control ? UART_CFG_FLOW_CTRL_RTS_CTS : UART_CFG_FLOW_CTRL_NONE,
    };
    return 0;
}
