/*
 * Deflated records: SPEC.md section 6.2. The dictionary is never copied: its bytes are read where the board has them,
 * the moment that a match needs them. If they are not what the host believed, the page's digest will tell, in RAM.
 */
#include "unpack.h"

#include "bytes.h"
#include "flash.h"
#include "inflate.h"
#include "upload.h"
#include "wire.h"

/* Stretches of flash by absolute address, one after the other. */
struct dictionary {
    const struct stub_session *session;
    struct stub_range segment[STUB_SEGMENTS_MAX];
    unsigned count;
    uint32_t length;
};

static bool lies_in(uint32_t address, uint32_t length, uint32_t base, uint32_t size) {
    return address >= base && length <= size && address - base <= size - length;
}

static int read_flash(const struct stub_session *s, uint32_t address, uint8_t *into, uint32_t count) {
    const struct stub_slot *slot = &s->config.slot;
    const struct stub_port *port = s->config.port;
    if (lies_in(address, count, slot->base, slot->size)) {
        return port->read(port->context, address - slot->base, into, count);
    }
    return port->read_elsewhere(port->context, address, into, count);
}

static int read_dictionary(const void *context, uint32_t position, uint8_t *into, uint32_t count) {
    const struct dictionary *d = context;
    for (unsigned i = 0; i < d->count && count > 0; i++) {
        const struct stub_range *segment = &d->segment[i];
        if (position >= segment->length) {
            position -= segment->length;
            continue;
        }
        uint32_t part = stub_min32(count, segment->length - position);
        if (read_flash(d->session, segment->base + position, into, part) != 0) {
            return -1;
        }
        into += part;
        count -= part;
        position = 0;
    }
    return 0;
}

/* Inside one range that the stub has reported, the slot being one of them or not; never across its end. */
static bool is_readable(const struct stub_session *s, uint32_t address, uint32_t length) {
    const struct stub_range *readable = s->config.identity.readable;
    for (unsigned i = 0; i < STUB_READABLE_MAX && readable[i].length > 0; i++) {
        if (lies_in(address, length, readable[i].base, readable[i].length)) {
            return true;
        }
    }
    return false;
}

/* The image's own bytes before this page: they are in flash, and right. */
static void own_bytes(const struct stub_session *s, struct dictionary *d) {
    const struct stub_slot *slot = &s->config.slot;
    uint32_t before = s->record.page * slot->page_size;
    d->length = stub_min32(before, STUB_DEFLATE_WINDOW);
    d->segment[0].base = slot->base + stub_flash_page(s, s->record.page) - d->length;
    d->segment[0].length = d->length;
    d->count = 1;
}

/* The segments that the record names; returns how many bytes they take in the stream, or 0 if they are malformed. */
static uint32_t named_bytes(struct stub_session *s, struct dictionary *d) {
    uint8_t count;
    uint8_t text[STUB_SEGMENT_SIZE];
    stub_upload_consume(s, &count, 1);
    if (count == 0 || count > STUB_SEGMENTS_MAX || 1u + count * STUB_SEGMENT_SIZE >= s->record.length) {
        return 0;
    }
    for (; d->count < count; d->count++) {
        stub_upload_consume(s, text, sizeof text);
        struct stub_range segment = {stub_get_le32(text), stub_get_le16(text + 4)};
        if (segment.length == 0 || !is_readable(s, segment.base, segment.length)) {
            return 0;
        }
        d->segment[d->count] = segment;
        d->length += segment.length;
    }
    return d->length <= STUB_DEFLATE_WINDOW ? 1u + count * STUB_SEGMENT_SIZE : 0;
}

uint8_t stub_unpack(struct stub_session *s, uint32_t *produced) {
    struct dictionary d = {.session = s};
    uint32_t taken = 0;
    if (s->record.kind == STUB_RECORD_DEFLATE) {
        own_bytes(s, &d);
    } else {
        taken = named_bytes(s, &d);
        if (taken == 0) {
            return STUB_MALFORMED;
        }
    }
    struct stub_deflated in = stub_upload_consume_in_place(s, s->record.length - taken);
    struct stub_dictionary dictionary = {d.length, read_dictionary, &d};
    uint8_t code = stub_inflate(&in, &dictionary, s->config.memory.page, s->config.slot.page_size, produced);
    s->counters.deflated += in.end - in.at;
    s->counters.inflated += *produced;
    return code;
}
