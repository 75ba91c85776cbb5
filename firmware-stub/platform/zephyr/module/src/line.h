/*
 * The UART through Zephyr's async API. Its callback comes from the interrupt and only hands buffers over; everything
 * else is called from the stub's thread. No nRF header: any driver with the async API will do.
 */
#ifndef FOTA_BRIDGE_LINE_H
#define FOTA_BRIDGE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zephyr/device.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>

#include "receiver.h"

#define LINE_OUT_SIZE 512u
/* A queued buffer, less one: were it to end too before the CPU is back, the DMA would begin it anew. */
#define LINE_CAPACITY (CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE - 1)

struct line {
    const struct device *uart;
    struct k_sem *wake; /* given by the interrupt when there is something to do */
    struct uart_config config;
    struct uart_config at_start;
    bool configurable; /* the driver can change its rate */
    struct receiver receiver;
    bool receiving;
    bool wants_buffer; /* the driver has asked for its next buffer, and there was none */
    uint32_t tried_ms; /* when reception was last started */
    bool tried;        /* it was, since something was last sent */
    bool sending;
    bool sent;      /* something has got out since line_open */
    bool aborted;   /* what was sent last did not get out in time */
    bool heard;     /* bytes have come since it was to be sent */
    uint32_t stops; /* how often reception has ended; diagnostics */
    uint8_t out[LINE_OUT_SIZE];
};

/* Starts receiving. 0, or a negative errno of the driver. */
int line_open(struct line *line, const struct device *uart, struct k_sem *wake);
/* Bytes that have come, in place; 0 if there are none. A driver that waits for a buffer gets one. */
size_t line_peek(struct line *line, const uint8_t **bytes);
/* Takes bytes that were peeked at. */
void line_consume(struct line *line, size_t count);
/* True if out may be filled and sent. False while reception, which has stopped, waits to be started. */
bool line_can_send(const struct line *line);
/* Sends the first bytes of out. */
void line_send(struct line *line, size_t count);
/* Waits until everything has left, but not for ever. */
void line_drain(struct line *line);
/* Sends what is handed out, but not for ever, and stops; the UART is left as it was found. */
void line_close(struct line *line);
/* Changes the rate when everything has left. Bytes that were not read are forgotten. 0, or a negative errno. */
int line_set_rate(struct line *line, uint32_t baud);
/* Takes up what has stopped: once in every round of the thread. False if it must be called again in a millisecond. */
bool line_mend(struct line *line);

#endif
