#include "deflate.h"

#include <stdbool.h>
#include <string.h>

#define HASHES 4096u
#define NOWHERE UINT32_MAX

struct bits {
    uint8_t *out;
    uint32_t capacity;
    uint32_t at; /* in bits */
    bool full;
};

static void put(struct bits *b, uint32_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++, b->at++) {
        if (b->at / 8 >= b->capacity) {
            b->full = true;
            return;
        }
        if (b->at % 8 == 0) {
            b->out[b->at / 8] = 0;
        }
        b->out[b->at / 8] |= (uint8_t)((value >> i & 1u) << b->at % 8);
    }
}

/* Huffman codes go highest bit first. */
static void put_code(struct bits *b, uint32_t code, uint32_t count) {
    for (uint32_t i = count; i > 0; i--) {
        put(b, code >> (i - 1) & 1u, 1);
    }
}

static void put_symbol(struct bits *b, uint32_t symbol) {
    if (symbol < 144) {
        put_code(b, 0x30 + symbol, 8);
    } else if (symbol < 256) {
        put_code(b, 0x190 + symbol - 144, 9);
    } else if (symbol < 280) {
        put_code(b, symbol - 256, 7);
    } else {
        put_code(b, 0xC0 + symbol - 280, 8);
    }
}

/* Symbol and extra bits for value, where groups of `each` symbols have one extra bit more than the group before. */
static void put_number(struct bits *b, uint32_t value, uint32_t each, uint32_t first, bool length) {
    uint32_t symbol = 0;
    uint32_t extra = 0;
    uint32_t base = 0;
    while (value >= base + (1u << extra)) {
        base += 1u << extra;
        symbol++;
        extra = symbol < 2 * each ? 0 : symbol / each - 1;
    }
    if (length) {
        put_symbol(b, first + symbol);
    } else {
        put_code(b, symbol, 5);
    }
    put(b, value - base, extra);
}

static uint32_t hash_of(const uint8_t *at) {
    return ((uint32_t)at[0] << 16 ^ (uint32_t)at[1] << 8 ^ at[2]) * 2654435761u >> 20;
}

uint32_t deflate(const uint8_t *bytes, uint32_t before, uint32_t count, uint8_t *out, uint32_t capacity) {
    static uint32_t last[HASHES];
    struct bits b = {.out = out, .capacity = capacity};
    const uint32_t end = before + count;
    memset(last, 0xFF, sizeof last);
    put(&b, 3, 3); /* the last block, fixed codes */
    for (uint32_t at = 0; at < end && !b.full;) {
        uint32_t match = 0;
        uint32_t from = NOWHERE;
        if (at + 3 <= end) {
            uint32_t *slot = &last[hash_of(bytes + at)];
            from = *slot;
            *slot = at;
        }
        if (at < before) {
            at++;
            continue;
        }
        while (from != NOWHERE && match < 257 && at + match < end && bytes[from + match] == bytes[at + match]) {
            match++;
        }
        if (match >= 3) {
            put_number(&b, match - 3, 4, 257, true);
            put_number(&b, at - from - 1, 2, 0, false);
            at += match;
        } else {
            put_symbol(&b, bytes[at++]);
        }
    }
    put_symbol(&b, 256);
    return b.full ? 0 : (b.at + 7) / 8;
}
