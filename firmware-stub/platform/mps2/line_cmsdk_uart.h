/*
 * UART 0 as the board's line. The receive interrupt only moves a byte into a single-producer/single-consumer ring; it
 * stands for the nRF9160's EasyDMA, which goes on filling its buffers while the CPU is gone. What the ring cannot take
 * is lost, as an overrun is.
 */
#ifndef MPS2_LINE_CMSDK_UART_H
#define MPS2_LINE_CMSDK_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two EasyDMA buffers of 8191 bytes, as a power of two. */
#define LINE_RING_SIZE 16384u

void line_init(void);

/* Takes what was received, without a copy: a pointer to count bytes that stay valid until line_consume(count). */
size_t line_received(const uint8_t **bytes);
void line_consume(size_t count);

/* Sends as much as the UART takes at once, and returns how much that was. */
size_t line_send(const uint8_t *bytes, size_t count);

/* Interrupt handler of UART 0's receiver. */
void line_receive_interrupt(void);

#endif
