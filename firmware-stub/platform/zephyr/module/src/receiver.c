#include "receiver.h"

#include <string.h>

static struct receiver_buffer *find(struct receiver *r, const uint8_t *buffer) {
    size_t offset = (size_t)(buffer - r->memory);
    return offset / r->size < r->count ? &r->buffers[offset / r->size] : NULL;
}

void receiver_init(struct receiver *r, uint8_t *memory, uint32_t memory_size, uint16_t size) {
    uint32_t count = memory_size / size;
    memset(r, 0, sizeof *r);
    r->memory = memory;
    r->memory_size = memory_size;
    r->size = size;
    r->count = (uint8_t)(count < RECEIVER_BUFFERS_MAX ? count : RECEIVER_BUFFERS_MAX);
}

uint8_t *receiver_give(struct receiver *r) {
    if (r->used == r->count) {
        return NULL;
    }
    size_t number = (size_t)(r->first + r->used++) % r->count;
    r->buffers[number] = (struct receiver_buffer){0};
    return r->memory + number * r->size;
}

void receiver_take_back(struct receiver *r) {
    r->used--;
}

void receiver_filled(struct receiver *r, const uint8_t *buffer, size_t count) {
    struct receiver_buffer *found = find(r, buffer);
    if (found != NULL && count > found->filled && count <= r->size) {
        found->filled = (uint16_t)count;
    }
}

void receiver_released(struct receiver *r, const uint8_t *buffer) {
    struct receiver_buffer *found = find(r, buffer);
    if (found != NULL) {
        found->released = true;
    }
}

/* Buffers that were read to their end are free again; one that the driver gave back empty is skipped. */
static void retire(struct receiver *r) {
    while (r->used > 0 && r->buffers[r->first].released && r->read == r->buffers[r->first].filled) {
        r->first = (uint8_t)((r->first + 1) % r->count);
        r->used--;
        r->read = 0;
    }
}

size_t receiver_peek(struct receiver *r, const uint8_t **bytes) {
    retire(r);
    if (r->used == 0) {
        return 0;
    }
    *bytes = r->memory + (size_t)r->first * r->size + r->read;
    return (size_t)(r->buffers[r->first].filled - r->read);
}

void receiver_consume(struct receiver *r, size_t count) {
    r->read = (uint16_t)(r->read + count);
    retire(r);
}
