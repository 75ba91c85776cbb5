/*
 * The nRF9160's UARTE as a driver meets it: receiving goes on without the CPU into two DMA buffers of at most 8191
 * bytes, chained by the ENDRX-STARTRX shortcut, then into a FIFO of 5 bytes, then bytes are lost. Sending is paced at
 * the line's rate, 10 bits a byte. No clock: times are arguments, in nanoseconds.
 */
#ifndef POSIX_UARTE_H
#define POSIX_UARTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UARTE_DMA_MAX 8191u
#define UARTE_FIFO 5u
#define UARTE_OUT_MAX 4096u

struct uarte_buffer {
    uint8_t bytes[UARTE_DMA_MAX];
    uint32_t filled;
    uint32_t taken;
    bool armed; /* queued, or being filled */
};

struct uarte_out {
    uint8_t byte;
    uint32_t baud;    /* at which it is sent */
    uint64_t left_ns; /* when its stop bit is over */
};

struct uarte {
    uint32_t baud;
    bool timed;
    uint64_t byte_ns; /* 0 if not timed */
    bool on;
    struct uarte_buffer dma[2];
    unsigned active; /* the buffer that is being filled */
    uint8_t fifo[UARTE_FIFO];
    uint32_t fifo_count;
    uint64_t overruns; /* bytes lost since power-on */
    struct uarte_out out[UARTE_OUT_MAX];
    uint32_t out_first;
    uint32_t out_count;
    uint64_t out_free_ns; /* when the last byte has left */
};

/* Both directions empty, receiver started. Not timed: bytes take no time. */
void uarte_start(struct uarte *uarte, uint32_t baud, bool timed, uint64_t now_ns);

/* Another rate from now on; what is queued leaves at the one before. */
void uarte_set_rate(struct uarte *uarte, uint32_t baud);

/* Transmitter and receiver stop at once; what was not sent is gone. */
void uarte_stop(struct uarte *uarte);

/* A byte comes in; lost when the receiver is off or everything is full. */
void uarte_receive(struct uarte *uarte, uint8_t byte);

/* The CPU takes what came in, in order, and queues finished buffers again. */
size_t uarte_take(struct uarte *uarte, uint8_t *into, size_t capacity);

/* Bytes that the CPU may hand over now: none while enough of them wait already. */
size_t uarte_room(const struct uarte *uarte);

/* When uarte_room will be more than none again; UINT64_MAX when it is now. */
uint64_t uarte_room_ns(const struct uarte *uarte);

/* True when bytes wait to be taken. */
bool uarte_waiting(const struct uarte *uarte);

/* Queues bytes behind those that wait; what does not fit is dropped. */
void uarte_send(struct uarte *uarte, const uint8_t *bytes, size_t count, uint64_t now_ns);

/* Takes the next byte that has left the pin by now. */
bool uarte_left(struct uarte *uarte, uint64_t now_ns, struct uarte_out *out);

/* A byte as a receiver sees it whose rate is off by more than 3 %. */
uint8_t uarte_garble(uint8_t byte, uint32_t *state);

/* A byte after a line on which so many of 2^32 data bits, each by itself, arrive wrong. */
uint8_t uarte_wrong_bits(uint8_t byte, uint32_t wrong_bits, uint32_t *state);

/* So many of 10^9 bits, as a share of 2^32. */
uint32_t uarte_share_of_bits(uint32_t of_a_billion);

/* True when the two rates are too far apart to understand each other. */
bool uarte_mismatch(uint32_t a, uint32_t b);

#endif
