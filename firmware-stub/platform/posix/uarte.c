#include "uarte.h"

#include <string.h>

#define OUT_LOW 64u /* refill below this: the transmitter never runs dry while the CPU is there */

void uarte_set_rate(struct uarte *uarte, uint32_t baud) {
    uarte->baud = baud;
    uarte->byte_ns = uarte->timed ? UINT64_C(10000000000) / baud : 0;
}

void uarte_start(struct uarte *uarte, uint32_t baud, bool timed, uint64_t now_ns) {
    for (unsigned i = 0; i < 2; i++) {
        uarte->dma[i].filled = 0;
        uarte->dma[i].taken = 0;
        uarte->dma[i].armed = true;
    }
    uarte->active = 0;
    uarte->fifo_count = 0;
    uarte->overruns = 0;
    uarte->out_first = 0;
    uarte->out_count = 0;
    uarte->out_free_ns = now_ns;
    uarte->timed = timed;
    uarte_set_rate(uarte, baud);
    uarte->on = true;
}

void uarte_stop(struct uarte *uarte) {
    uarte->on = false;
    uarte->out_count = 0;
}

/* The shortcut: when the active buffer is full the other one takes over, if it is queued. */
static bool find_room(struct uarte *uarte) {
    if (uarte->dma[uarte->active].filled < UARTE_DMA_MAX) {
        return true;
    }
    struct uarte_buffer *other = &uarte->dma[1 - uarte->active];
    if (!other->armed) {
        return false;
    }
    uarte->dma[uarte->active].armed = false;
    uarte->active = 1 - uarte->active;
    return true;
}

static void store(struct uarte *uarte, uint8_t byte) {
    struct uarte_buffer *buffer = &uarte->dma[uarte->active];
    buffer->bytes[buffer->filled++] = byte;
}

void uarte_receive(struct uarte *uarte, uint8_t byte) {
    if (!uarte->on) {
        return;
    }
    if (find_room(uarte)) {
        store(uarte, byte);
    } else if (uarte->fifo_count < UARTE_FIFO) {
        uarte->fifo[uarte->fifo_count++] = byte;
    } else {
        uarte->overruns++;
    }
}

static size_t take_from(struct uarte_buffer *buffer, uint8_t *into, size_t capacity) {
    size_t count = buffer->filled - buffer->taken;
    count = count < capacity ? count : capacity;
    memcpy(into, buffer->bytes + buffer->taken, count);
    buffer->taken += (uint32_t)count;
    return count;
}

static void queue_again(struct uarte_buffer *buffer) {
    buffer->filled = 0;
    buffer->taken = 0;
    buffer->armed = true;
}

size_t uarte_take(struct uarte *uarte, uint8_t *into, size_t capacity) {
    struct uarte_buffer *ended = &uarte->dma[1 - uarte->active];
    size_t count = 0;
    if (!ended->armed) {
        count = take_from(ended, into, capacity);
        if (ended->taken == ended->filled) {
            queue_again(ended);
        }
    }
    if (ended->armed) {
        count += take_from(&uarte->dma[uarte->active], into + count, capacity - count);
    }
    /* A buffer that was queued again has room for all of the FIFO. */
    if (find_room(uarte)) {
        for (uint32_t i = 0; i < uarte->fifo_count; i++) {
            store(uarte, uarte->fifo[i]);
        }
        uarte->fifo_count = 0;
    }
    return count;
}

size_t uarte_room(const struct uarte *uarte) {
    return uarte->on && uarte->out_count < OUT_LOW ? 512 : 0;
}

uint64_t uarte_room_ns(const struct uarte *uarte) {
    if (!uarte->on || uarte->out_count < OUT_LOW) {
        return UINT64_MAX;
    }
    return uarte->out[(uarte->out_first + uarte->out_count - OUT_LOW) % UARTE_OUT_MAX].left_ns;
}

bool uarte_waiting(const struct uarte *uarte) {
    return uarte->dma[0].taken < uarte->dma[0].filled || uarte->dma[1].taken < uarte->dma[1].filled;
}

void uarte_send(struct uarte *uarte, const uint8_t *bytes, size_t count, uint64_t now_ns) {
    if (uarte->out_free_ns < now_ns) {
        uarte->out_free_ns = now_ns;
    }
    for (size_t i = 0; i < count && uarte->on && uarte->out_count < UARTE_OUT_MAX; i++) {
        uint32_t at = (uarte->out_first + uarte->out_count++) % UARTE_OUT_MAX;
        uarte->out_free_ns += uarte->byte_ns;
        uarte->out[at] = (struct uarte_out){bytes[i], uarte->baud, uarte->out_free_ns};
    }
}

bool uarte_left(struct uarte *uarte, uint64_t now_ns, struct uarte_out *out) {
    if (uarte->out_count == 0 || uarte->out[uarte->out_first].left_ns > now_ns) {
        return false;
    }
    *out = uarte->out[uarte->out_first];
    uarte->out_first = (uarte->out_first + 1) % UARTE_OUT_MAX;
    uarte->out_count--;
    return true;
}

uint8_t uarte_garble(uint8_t byte, uint32_t *state) {
    *state = *state * 1664525u + 1013904223u + byte;
    return (uint8_t)(byte ^ (*state >> 24) ^ 0x55u);
}

uint8_t uarte_wrong_bits(uint8_t byte, uint32_t wrong_bits, uint32_t *state) {
    for (unsigned bit = 0; wrong_bits != 0 && bit < 8; bit++) {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        byte ^= (uint8_t)((*state < wrong_bits) << bit);
    }
    return byte;
}

uint32_t uarte_share_of_bits(uint32_t of_a_billion) {
    return (uint32_t)(((uint64_t)of_a_billion << 32) / 1000000001u);
}

bool uarte_mismatch(uint32_t a, uint32_t b) {
    uint64_t low = a < b ? a : b;
    uint64_t high = a < b ? b : a;
    return a != 0 && b != 0 && high * 100 > low * 103;
}
