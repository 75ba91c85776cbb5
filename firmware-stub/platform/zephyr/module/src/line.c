#include "line.h"

#include <errno.h>

#define SEND_TIMEOUT_US 500000 /* CTS may hold us that long; a full out takes 45 ms at 115 200 baud */
#define DRAIN_MS 600
#define STOP_MS 100
#define SLACK_MS 10 /* of a receive buffer beyond the longest stall */

/* EasyDMA reaches all of the RAM, so where the buffers lie does not matter. */
static uint8_t memory[CONFIG_FOTA_BRIDGE_STUB_RX_BUFFERS * CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE] __aligned(4);

/*
 * What comes during the longest stall fits into one buffer. A larger one would only be looked at later, since the
 * driver hands over a buffer when it is full or the line is silent.
 */
static uint16_t buffer_size(uint32_t baud) {
    uint32_t size = baud / 10u * (CONFIG_FOTA_BRIDGE_STUB_STALL_MAX_MS + SLACK_MS) / 1000u;
    size = MAX(size, 512u);
    return (uint16_t)MIN(size, (uint32_t)CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE);
}

/* Interrupts are locked, or this is one. */
static void give_buffer(struct line *line) {
    if (!line->wants_buffer || !line->receiving) {
        return;
    }
    uint8_t *buffer = receiver_give(&line->receiver);
    if (buffer == NULL) {
        return;
    }
    line->wants_buffer = uart_rx_buf_rsp(line->uart, buffer, line->receiver.size) != 0;
    if (line->wants_buffer) {
        receiver_take_back(&line->receiver);
    }
}

static void on_event(const struct device *uart, struct uart_event *event, void *context) {
    struct line *line = context;
    ARG_UNUSED(uart);
    switch (event->type) {
    case UART_RX_RDY:
        line->heard = true;
        receiver_filled(&line->receiver, event->data.rx.buf, event->data.rx.offset + event->data.rx.len);
        break;
    case UART_RX_BUF_REQUEST:
        line->wants_buffer = true;
        give_buffer(line);
        break;
    case UART_RX_BUF_RELEASED:
        receiver_released(&line->receiver, event->data.rx_buf.buf);
        break;
    case UART_RX_DISABLED:
        line->receiving = false;
        line->stops++;
        break;
    case UART_TX_ABORTED:
        line->aborted = true;
        line->sending = false;
        break;
    case UART_TX_DONE:
        line->sent = true;
        line->sending = false;
        break;
    case UART_RX_STOPPED: /* a break or a framing error; UART_RX_DISABLED follows */
    default:
        break;
    }
    k_sem_give(line->wake);
}

static void start_receiving(struct line *line) {
    line->tried_ms = k_uptime_get_32();
    line->tried = true;
    unsigned int key = irq_lock();
    uint8_t *buffer = receiver_give(&line->receiver);
    line->wants_buffer = false;
    line->receiving = buffer != NULL;
    irq_unlock(key);
    if (buffer == NULL) {
        return;
    }
    if (uart_rx_enable(line->uart, buffer, line->receiver.size, CONFIG_FOTA_BRIDGE_STUB_RX_IDLE_US) != 0) {
        key = irq_lock();
        receiver_take_back(&line->receiver);
        line->receiving = false;
        irq_unlock(key);
    }
}

/* Waits for a flag that the interrupt clears. */
static bool wait_until_clear(const bool *flag, int32_t timeout_ms) {
    for (int32_t waited = 0; *(const volatile bool *)flag; waited++) {
        if (waited >= timeout_ms) {
            return false;
        }
        k_sleep(K_MSEC(1));
    }
    return true;
}

static bool stop_receiving(struct line *line) {
    if (line->receiving) {
        uart_rx_disable(line->uart);
    }
    return wait_until_clear(&line->receiving, STOP_MS);
}

/* Stops, configures and starts again. */
static int configure(struct line *line) {
    if (!stop_receiving(line)) {
        return -EBUSY; /* the driver has the buffers still */
    }
    int error = uart_configure(line->uart, &line->config);
    receiver_init(&line->receiver, memory, sizeof memory, buffer_size(line->config.baudrate));
    start_receiving(line);
    return error;
}

int line_open(struct line *line, const struct device *uart, struct k_sem *wake) {
    *line = (struct line){.uart = uart, .wake = wake, .config.baudrate = 115200};
    line->configurable = uart_config_get(uart, &line->config) == 0 && uart_configure(uart, &line->config) == 0;
    line->at_start = line->config;
    int error = uart_callback_set(uart, on_event, line);
    if (error != 0) {
        return error;
    }
    receiver_init(&line->receiver, memory, sizeof memory, buffer_size(line->config.baudrate));
    start_receiving(line);
    return line->receiving ? 0 : -EIO;
}

size_t line_peek(struct line *line, const uint8_t **bytes) {
    unsigned int key = irq_lock();
    size_t count = receiver_peek(&line->receiver, bytes);
    give_buffer(line);
    irq_unlock(key);
    return count;
}

void line_consume(struct line *line, size_t count) {
    unsigned int key = irq_lock();
    receiver_consume(&line->receiver, count);
    irq_unlock(key);
}

/* One that has stopped is started first; see line_mend. */
bool line_can_send(const struct line *line) {
    return !*(const volatile bool *)&line->sending && (*(const volatile bool *)&line->receiving || line->tried);
}

void line_send(struct line *line, size_t count) {
    line->sending = true;
    line->tried = false;
    line->aborted = false;
    line->heard = false;
    if (uart_tx(line->uart, line->out, count, SEND_TIMEOUT_US) != 0) {
        line->sending = false;
    }
}

void line_drain(struct line *line) {
    if (!wait_until_clear(&line->sending, DRAIN_MS)) {
        uart_tx_abort(line->uart);
        wait_until_clear(&line->sending, STOP_MS);
    }
}

int line_set_rate(struct line *line, uint32_t baud) {
    line_drain(line);
    line->config.baudrate = baud;
    return configure(line);
}

void line_close(struct line *line) {
    line_drain(line);
    stop_receiving(line);
    if (line->configurable) {
        uart_configure(line->uart, &line->at_start);
    }
}

/*
 * The J-Link looks at our RTS once, when its port is first used, and decides for or against flow control. If that was
 * before the UART was up, it decided against it and never drives our CTS: a host that talks while nothing of ours has
 * ever got out tells. From then on neither side has flow control, which the protocol's credit makes up for.
 */
static void give_up_flow_control(struct line *line) {
    if (line->configurable && line->config.flow_ctrl == UART_CFG_FLOW_CTRL_RTS_CTS) {
        line->config.flow_ctrl = UART_CFG_FLOW_CTRL_NONE;
        configure(line);
    }
}

/*
 * Reception starts only while nothing is being sent. The UARTE's driver keeps two counts of received bytes; those that
 * it flushes after an error are in one of them only, and it forgets both when neither direction is in use
 * (UART_n_NRF_ASYNC_LOW_POWER). A count that is kept makes it tell of bytes too early, for ever.
 */
bool line_mend(struct line *line) {
    if (line->aborted && line->heard && !line->sent) {
        line->aborted = false;
        give_up_flow_control(line);
    }
    bool sending = *(const volatile bool *)&line->sending;
    if (!line->receiving && !sending && line->tried_ms != k_uptime_get_32()) {
        start_receiving(line);
    }
    return line->receiving;
}
