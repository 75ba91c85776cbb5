/*
 * The buffers between the UART's interrupt and the stub's thread. The driver has up to two of them, one being filled
 * and one queued; the thread reads the oldest where it lies and gives it back. Nothing is copied, nothing is allocated.
 *
 *     first                                 first + used       first + count
 *       |-- released, to be read --|-- driver's --|------ free ------|       buffers, modulo count, in the bytes' order
 *
 * Not thread-safe: every call comes from the interrupt, or from the thread with interrupts locked.
 */
#ifndef FOTA_BRIDGE_RECEIVER_H
#define FOTA_BRIDGE_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECEIVER_BUFFERS_MAX 32u

struct receiver_buffer {
    uint16_t filled; /* bytes that have come */
    bool released;   /* the driver has done with it */
};

struct receiver {
    uint8_t *memory;
    uint32_t memory_size;
    uint16_t size; /* of a buffer */
    uint8_t count; /* of buffers */
    uint8_t first; /* the oldest that was handed to the driver and is not read to its end */
    uint8_t used;  /* from first on */
    uint16_t read; /* bytes of the first that were read */
    struct receiver_buffer buffers[RECEIVER_BUFFERS_MAX];
};

/* Cuts the memory into as many buffers of this size as it holds and forgets all bytes. The driver has none of them. */
void receiver_init(struct receiver *r, uint8_t *memory, uint32_t memory_size, uint16_t size);
/* The next buffer for the driver, NULL while all are in use. */
uint8_t *receiver_give(struct receiver *r);
/* The driver did not take the buffer that was given last. */
void receiver_take_back(struct receiver *r);
/* The driver has filled a buffer up to this many bytes. */
void receiver_filled(struct receiver *r, const uint8_t *buffer, size_t count);
/* The driver has done with a buffer. */
void receiver_released(struct receiver *r, const uint8_t *buffer);
/* The next bytes in a row, 0 if there are none. They stay until they are consumed. */
size_t receiver_peek(struct receiver *r, const uint8_t **bytes);
/* Takes bytes that were peeked at. */
void receiver_consume(struct receiver *r, size_t count);

#endif
