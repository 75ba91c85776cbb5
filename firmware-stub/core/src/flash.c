/*
 * The slot as the core uses it: nothing is believed that has not been read back. Knows pages and bytes, not records or
 * requests.
 */
#include "flash.h"

#include <string.h>

#include "bytes.h"
#include "sha256.h"
#include "siphash.h"

#define READ_SLICE 128u

static bool read(const struct stub_session *s, uint32_t offset, uint8_t *into, uint32_t count) {
    const struct stub_port *port = s->config.port;
    return port->read(port->context, offset, into, count) == 0;
}

uint8_t stub_flash_is_blank(struct stub_session *s, uint32_t offset, bool *blank) {
    uint8_t bytes[READ_SLICE];
    *blank = true;
    for (uint32_t at = 0; *blank && at < s->config.slot.page_size; at += READ_SLICE) {
        if (!read(s, offset + at, bytes, READ_SLICE)) {
            return STUB_READ_FAILED;
        }
        s->counters.compared += READ_SLICE;
        *blank = stub_all_ff(bytes, READ_SLICE);
    }
    return STUB_OK;
}

uint8_t stub_flash_erase(struct stub_session *s, uint32_t offset) {
    const struct stub_port *port = s->config.port;
    bool blank;
    if (port->erase(port->context, offset) != 0) {
        return STUB_ERASE_FAILED;
    }
    s->erased++;
    uint8_t code = stub_flash_is_blank(s, offset, &blank);
    return code == STUB_OK && !blank ? STUB_ERASE_FAILED : code;
}

uint8_t stub_flash_make_blank(struct stub_session *s, uint32_t offset, bool force) {
    bool blank = false;
    uint8_t code = force ? STUB_OK : stub_flash_is_blank(s, offset, &blank);
    return code == STUB_OK && !blank ? stub_flash_erase(s, offset) : code;
}

/* A unit is at least a word, and nearly always its first word decides. */
STUB_INLINE bool is_blank_unit(const uint8_t *bytes, uint32_t unit) {
    return stub_get_le32(bytes) == UINT32_MAX && (unit == 4 || stub_all_ff(bytes, unit));
}

/* Where the next unit begins that is not blank. */
static uint32_t skip_blank(const uint8_t *bytes, uint32_t at, uint32_t count, uint32_t unit) {
    while (at < count && is_blank_unit(bytes + at, unit)) {
        at += unit;
    }
    return at;
}

/* Where the next unit begins that is. */
static uint32_t skip_written(const uint8_t *bytes, uint32_t at, uint32_t count, uint32_t unit) {
    while (at < count && !is_blank_unit(bytes + at, unit)) {
        at += unit;
    }
    return at;
}

static bool reads_as(struct stub_session *s, uint32_t offset, const uint8_t *bytes, uint32_t count, bool *same) {
    uint8_t back[READ_SLICE];
    *same = true;
    for (uint32_t at = 0; *same && at < count; at += READ_SLICE) {
        uint32_t n = stub_min32(READ_SLICE, count - at);
        if (!read(s, offset + at, back, n)) {
            return false;
        }
        s->counters.compared += n;
        *same = memcmp(back, bytes + at, n) == 0;
    }
    return true;
}

uint8_t stub_flash_program(struct stub_session *s, uint32_t offset, const uint8_t *bytes, uint32_t count) {
    const struct stub_port *port = s->config.port;
    const uint32_t unit = s->config.slot.write_unit < 4 ? 4 : s->config.slot.write_unit; /* fewer, longer calls */
    uint32_t at = 0;
    bool same;
    while (at < count) {
        at = skip_blank(bytes, at, count, unit);
        uint32_t end = skip_written(bytes, at, count, unit);
        if (end > at && port->program(port->context, offset + at, bytes + at, end - at) != 0) {
            return STUB_PROGRAM_FAILED;
        }
        at = end;
    }
    if (!reads_as(s, offset, bytes, count, &same)) {
        return STUB_READ_FAILED;
    }
    return same ? STUB_OK : STUB_PROGRAM_FAILED;
}

uint8_t stub_flash_hash(const struct stub_session *s, uint32_t offset, uint32_t count, struct stub_sha256 *sha) {
    uint8_t bytes[READ_SLICE];
    for (uint32_t at = 0; at < count; at += READ_SLICE) {
        uint32_t n = stub_min32(READ_SLICE, count - at);
        if (!read(s, offset + at, bytes, n)) {
            return STUB_READ_FAILED;
        }
        stub_sha256_add(sha, bytes, n);
    }
    return STUB_OK;
}

uint8_t stub_flash_digest(const struct stub_session *s, uint32_t offset, uint32_t count, struct stub_siphash *sip) {
    uint8_t bytes[READ_SLICE];
    for (uint32_t at = 0; at < count; at += READ_SLICE) {
        if (!read(s, offset + at, bytes, READ_SLICE)) {
            return STUB_READ_FAILED;
        }
        stub_siphash_add(sip, bytes, READ_SLICE);
    }
    return STUB_OK;
}

uint32_t stub_flash_page(const struct stub_session *s, uint32_t page) {
    return s->config.slot.image_offset + page * s->config.slot.page_size;
}

uint32_t stub_flash_trailer(const struct stub_session *s) {
    return s->config.slot.size - s->config.slot.page_size;
}

uint32_t stub_flash_image_area(const struct stub_session *s) {
    return stub_flash_trailer(s) - s->config.slot.image_offset;
}
