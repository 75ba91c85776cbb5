#ifndef FAKE_ZEPHYR_UART_H
#define FAKE_ZEPHYR_UART_H

#include <stddef.h>
#include <stdint.h>

#include <zephyr/device.h>

enum uart_event_type {
    UART_TX_DONE,
    UART_TX_ABORTED,
    UART_RX_RDY,
    UART_RX_BUF_REQUEST,
    UART_RX_BUF_RELEASED,
    UART_RX_DISABLED,
    UART_RX_STOPPED,
};

enum uart_rx_stop_reason {
    UART_ERROR_OVERRUN = (1 << 0),
    UART_ERROR_PARITY = (1 << 1),
    UART_ERROR_FRAMING = (1 << 2),
    UART_BREAK = (1 << 3),
};

struct uart_event_tx {
    const uint8_t *buf;
    size_t len;
};

struct uart_event_rx {
    uint8_t *buf;
    size_t offset;
    size_t len;
};

struct uart_event_rx_buf {
    uint8_t *buf;
};

struct uart_event_rx_stop {
    enum uart_rx_stop_reason reason;
    struct uart_event_rx data;
};

struct uart_event {
    enum uart_event_type type;
    union uart_event_data {
        struct uart_event_tx tx;
        struct uart_event_rx rx;
        struct uart_event_rx_buf rx_buf;
        struct uart_event_rx_stop rx_stop;
    } data;
};

enum uart_config_flow_control {
    UART_CFG_FLOW_CTRL_NONE,
    UART_CFG_FLOW_CTRL_RTS_CTS,
};

struct uart_config {
    uint32_t baudrate;
    uint8_t parity;
    uint8_t stop_bits;
    uint8_t data_bits;
    uint8_t flow_ctrl;
};

typedef void (*uart_callback_t)(const struct device *dev, struct uart_event *evt, void *user_data);

int uart_callback_set(const struct device *dev, uart_callback_t callback, void *user_data);
int uart_tx(const struct device *dev, const uint8_t *buf, size_t len, int32_t timeout);
int uart_tx_abort(const struct device *dev);
int uart_rx_enable(const struct device *dev, uint8_t *buf, size_t len, int32_t timeout);
int uart_rx_buf_rsp(const struct device *dev, uint8_t *buf, size_t len);
int uart_rx_disable(const struct device *dev);
int uart_configure(const struct device *dev, const struct uart_config *cfg);
int uart_config_get(const struct device *dev, struct uart_config *cfg);

#endif
