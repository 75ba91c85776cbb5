/*
 * Canonical Huffman codes are decoded by counting: of each code length it is enough to know how many codes have it and,
 * in the order of the codes, their symbols. A bit at a time, so that no lookup table is needed: a page has a few
 * thousand symbols. The first error stays and lets no further byte out; every loop ends at it.
 */
#include "inflate.h"

#include <stdbool.h>
#include <string.h>

#include "bytes.h"
#include "wire.h"

/* RFC 1951, 3.2.5 to 3.2.7 */
#define CODE_BITS_MAX 15u
#define LITERAL_SYMBOLS 288u
#define DISTANCE_SYMBOLS 32u
#define LENGTH_SYMBOLS 19u
#define END_OF_BLOCK 256u
#define FIRST_LENGTH 257u
#define LAST_LENGTH 285u
#define LAST_DISTANCE 29u

/* Symbols in the order of their codes: ascending by length, then by value. Only the low byte is kept: of each length
 * the first `low` symbols are below 256, the others are not. */
struct code {
    uint16_t count[CODE_BITS_MAX + 1];
    uint16_t low[CODE_BITS_MAX + 1];
    uint8_t *symbol;
};

struct inflater {
    const struct stub_deflated *in;
    const struct stub_dictionary *dictionary;
    uint8_t *out;
    uint32_t capacity;
    uint32_t produced;
    uint32_t at;
    uint32_t bits; /* of the input, the next one lowest */
    uint32_t bit_count;
    uint8_t error; /* enum stub_code */
};

static void fail(struct inflater *f, uint8_t code) {
    if (f->error == STUB_OK) {
        f->error = code;
    }
}

static void refill(struct inflater *f) {
    while (f->bit_count <= 24 && f->at != f->in->end) {
        f->bits |= (uint32_t)f->in->ring[f->at & (f->in->ring_size - 1)] << f->bit_count;
        f->bit_count += 8;
        f->at++;
    }
}

static void drop(struct inflater *f, uint32_t count) {
    if (count > f->bit_count) {
        fail(f, STUB_MALFORMED);
        count = f->bit_count;
    }
    f->bits >>= count;
    f->bit_count -= count;
}

/* At most 16 bits. */
static uint32_t take(struct inflater *f, uint32_t count) {
    refill(f);
    uint32_t value = f->bits & ((1u << count) - 1);
    drop(f, count);
    return value;
}

static void put(struct inflater *f, uint8_t byte) {
    if (f->produced == f->capacity) {
        fail(f, STUB_MALFORMED);
    } else {
        f->out[f->produced++] = byte;
    }
}

/* ---- codes ---- */

/* Code lengths, two in a byte. */
static uint32_t length_at(const uint8_t *lengths, uint32_t i) {
    return (uint32_t)lengths[i / 2] >> (i % 2 * 4) & 0xFu;
}

static void set_length(uint8_t *lengths, uint32_t i, uint32_t length) {
    uint32_t shift = i % 2 * 4;
    lengths[i / 2] = (uint8_t)((lengths[i / 2] & (0xF0u >> shift)) | length << shift);
}

/* The code whose lengths are those of `symbols` symbols from `first`. Codes that leave bit patterns unused are taken:
 * such a pattern fails when it comes. Codes that give one pattern to two symbols are not. */
static void build(struct inflater *f, struct code *c, const uint8_t *lengths, uint32_t first, uint32_t symbols) {
    uint16_t next[CODE_BITS_MAX + 1];
    uint32_t free = 1;
    memset(c->count, 0, sizeof c->count);
    memset(c->low, 0, sizeof c->low);
    for (uint32_t i = 0; i < symbols; i++) {
        uint32_t length = length_at(lengths, first + i);
        c->count[length]++;
        c->low[length] = (uint16_t)(c->low[length] + (i < 256));
    }
    next[1] = 0;
    for (uint32_t length = 1; length <= CODE_BITS_MAX; length++) {
        free = free * 2;
        if (c->count[length] > free) {
            fail(f, STUB_MALFORMED);
            return;
        }
        free -= c->count[length];
        if (length < CODE_BITS_MAX) {
            next[length + 1] = (uint16_t)(next[length] + c->count[length]);
        }
    }
    for (uint32_t i = 0; i < symbols; i++) {
        uint32_t length = length_at(lengths, first + i);
        if (length > 0) {
            c->symbol[next[length]++] = (uint8_t)i;
        }
    }
}

static uint32_t decode(struct inflater *f, const struct code *c) {
    uint32_t pattern = 0; /* the bits so far, and the first code of that many bits */
    uint32_t first = 0;
    uint32_t index = 0; /* of the first code's symbol */
    refill(f);
    uint32_t bits = f->bits;
    for (uint32_t length = 1; length <= CODE_BITS_MAX; length++) {
        pattern |= bits & 1;
        bits >>= 1;
        uint32_t rank = pattern - first;
        if (rank < c->count[length]) {
            drop(f, length);
            return c->symbol[index + rank] + (rank < c->low[length] ? 0u : 256u);
        }
        index += c->count[length];
        first = (first + c->count[length]) * 2;
        pattern *= 2;
    }
    fail(f, STUB_MALFORMED);
    return END_OF_BLOCK;
}

/* ---- blocks ---- */

static void copy_stored(struct inflater *f) {
    drop(f, f->bit_count % 8);
    uint32_t count = take(f, 16);
    if (take(f, 16) != (count ^ 0xFFFFu)) {
        fail(f, STUB_MALFORMED);
    }
    for (; count > 0 && f->error == STUB_OK; count--) {
        put(f, (uint8_t)take(f, 8));
    }
}

static void copy_match(struct inflater *f, uint32_t length, uint32_t distance) {
    uint32_t behind = distance > f->produced ? distance - f->produced : 0; /* how far into the dictionary */
    uint32_t from_dictionary = stub_min32(behind, length);
    if (f->error != STUB_OK || length > f->capacity - f->produced || behind > f->dictionary->length) {
        fail(f, STUB_MALFORMED);
        return;
    }
    if (from_dictionary > 0 && f->dictionary->read(f->dictionary->context, f->dictionary->length - behind,
                                                   f->out + f->produced, from_dictionary) != 0) {
        fail(f, STUB_READ_FAILED);
        return;
    }
    f->produced += from_dictionary;
    for (length -= from_dictionary; length > 0; length--) {
        f->out[f->produced] = f->out[f->produced - distance];
        f->produced++;
    }
}

static uint32_t match_length(struct inflater *f, uint32_t symbol) {
    uint32_t i = symbol - FIRST_LENGTH;
    if (symbol >= LAST_LENGTH) {
        return 258;
    }
    if (i < 8) {
        return 3 + i;
    }
    uint32_t extra = i / 4 - 1;
    return 3 + ((4 + i % 4) << extra) + take(f, extra);
}

static uint32_t match_distance(struct inflater *f, uint32_t symbol) {
    if (symbol < 4) {
        return 1 + symbol;
    }
    uint32_t extra = symbol / 2 - 1;
    return 1 + ((2 + symbol % 2) << extra) + take(f, extra);
}

static void decode_block(struct inflater *f, const struct code *literals, const struct code *distances) {
    while (f->error == STUB_OK) {
        uint32_t symbol = decode(f, literals);
        if (symbol == END_OF_BLOCK) {
            return;
        }
        if (symbol < END_OF_BLOCK) {
            put(f, (uint8_t)symbol);
            continue;
        }
        uint32_t length = match_length(f, symbol);
        uint32_t distance_symbol = decode(f, distances);
        if (symbol > LAST_LENGTH || distance_symbol > LAST_DISTANCE) {
            fail(f, STUB_MALFORMED);
            return;
        }
        copy_match(f, length, match_distance(f, distance_symbol));
    }
}

/* ---- block headers ---- */

static void fixed_lengths(uint8_t *lengths) {
    for (uint32_t i = 0; i < LITERAL_SYMBOLS; i++) {
        set_length(lengths, i, i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    }
    for (uint32_t i = 0; i < DISTANCE_SYMBOLS; i++) {
        set_length(lengths, LITERAL_SYMBOLS + i, 5);
    }
}

/* One symbol of the code of code lengths: a length, or a repetition of the one before or of none. Returns how many. */
static uint32_t take_lengths(struct inflater *f, uint32_t symbol, uint32_t before, uint32_t *length) {
    *length = symbol < 16 ? symbol : symbol == 16 ? before : 0;
    switch (symbol) {
    case 16:
        return 3 + take(f, 2);
    case 17:
        return 3 + take(f, 3);
    case 18:
        return 11 + take(f, 7);
    default:
        return 1;
    }
}

/* The lengths of `total` symbols, packed by a code of their own, which needs `c` for the time. */
static void read_lengths(struct inflater *f, struct code *c, uint8_t *lengths, uint32_t total, uint32_t code_lengths) {
    static const uint8_t ORDER[LENGTH_SYMBOLS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint32_t length = 0;
    uint32_t i = 0;
    memset(lengths, 0, (LITERAL_SYMBOLS + DISTANCE_SYMBOLS) / 2);
    for (uint32_t k = 0; k < code_lengths; k++) {
        set_length(lengths, ORDER[k], take(f, 3));
    }
    build(f, c, lengths, 0, LENGTH_SYMBOLS);
    while (i < total && f->error == STUB_OK) {
        uint32_t symbol = decode(f, c);
        uint32_t count = take_lengths(f, symbol, length, &length);
        if (count > total - i || (symbol == 16 && i == 0)) {
            fail(f, STUB_MALFORMED);
            return;
        }
        for (; count > 0; count--) {
            set_length(lengths, i++, length);
        }
    }
}

static void inflate_block(struct inflater *f, bool dynamic) {
    uint8_t lengths[(LITERAL_SYMBOLS + DISTANCE_SYMBOLS) / 2];
    uint8_t literal_symbols[LITERAL_SYMBOLS];
    uint8_t distance_symbols[DISTANCE_SYMBOLS];
    struct code literals = {.symbol = literal_symbols};
    struct code distances = {.symbol = distance_symbols};
    uint32_t literal_count = LITERAL_SYMBOLS;
    uint32_t distance_count = DISTANCE_SYMBOLS;
    if (dynamic) {
        literal_count = 257 + take(f, 5);
        distance_count = 1 + take(f, 5);
        uint32_t code_lengths = 4 + take(f, 4);
        if (literal_count > LITERAL_SYMBOLS - 2 || distance_count > DISTANCE_SYMBOLS - 2) {
            fail(f, STUB_MALFORMED);
            return;
        }
        read_lengths(f, &distances, lengths, literal_count + distance_count, code_lengths);
    } else {
        fixed_lengths(lengths);
    }
    build(f, &literals, lengths, 0, literal_count);
    build(f, &distances, lengths, literal_count, distance_count);
    decode_block(f, &literals, &distances);
}

/* One block; true if it says that it is the last. */
static bool take_block(struct inflater *f) {
    bool last = take(f, 1) != 0;
    switch (take(f, 2)) {
    case 0:
        copy_stored(f);
        break;
    case 1:
        inflate_block(f, false);
        break;
    case 2:
        inflate_block(f, true);
        break;
    default:
        fail(f, STUB_MALFORMED);
        break;
    }
    return last;
}

uint8_t stub_inflate(const struct stub_deflated *in, const struct stub_dictionary *dictionary, uint8_t *out,
                     uint32_t capacity, uint32_t *produced) {
    struct inflater f = {.in = in, .dictionary = dictionary, .out = out, .capacity = capacity, .at = in->at};
    bool last = false;
    for (uint32_t blocks = 0; blocks < STUB_DEFLATE_BLOCKS && !last && f.error == STUB_OK; blocks++) {
        last = take_block(&f);
    }
    if (!last || f.at != in->end || f.bit_count >= 8 || f.produced == 0) {
        fail(&f, STUB_MALFORMED);
    }
    *produced = f.produced;
    return f.error;
}
