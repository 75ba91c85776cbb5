/*
 * Bytes to messages of the host, and messages of the stub to bytes: SPEC.md section 3. Every length is checked here, so
 * that nobody further in meets a pointer that is not good for what it names. Knows no state but what it is given to
 * write.
 */
#include "message.h"

#include <string.h>

#include "bytes.h"
#include "wire.h"

/* ---- decoding ---- */

#define ANY_LENGTH UINT16_MAX

struct shape {
    uint8_t type;
    bool tagged;
    uint16_t min;
    uint16_t max;
};

static const struct shape SHAPES[] = {
    {STUB_HELLO, false, 2 + STUB_NONCE_SIZE, ANY_LENGTH},
    {STUB_PING, false, 0, 0},
    {STUB_GET_DIGESTS, true, 5, 5},
    {STUB_BEGIN, true, 6 + 2 * STUB_HASH_SIZE, 6 + 2 * STUB_HASH_SIZE},
    {STUB_DATA, false, 5, ANY_LENGTH},
    {STUB_VERIFY, true, 1, 1},
    {STUB_MARK, true, 1 + STUB_BOOT_ID_SIZE + STUB_HASH_SIZE, 1 + STUB_BOOT_ID_SIZE + STUB_HASH_SIZE},
    {STUB_RESET, true, 1 + STUB_BOOT_ID_SIZE, 1 + STUB_BOOT_ID_SIZE},
    {STUB_CONFIRM, true, 1 + STUB_BOOT_ID_SIZE + STUB_HASH_SIZE, 1 + STUB_BOOT_ID_SIZE + STUB_HASH_SIZE},
    {STUB_ABORT, true, 1, 1},
    {STUB_RATE, true, 5, 5},
    {STUB_PROBE, false, 1, ANY_LENGTH},
};

static const struct shape *shape_of(uint8_t type) {
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        if (SHAPES[i].type == type) {
            return &SHAPES[i];
        }
    }
    return NULL;
}

static bool is_string(const uint8_t *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (at[i] < 0x20 || at[i] > 0x7E) {
            return false;
        }
    }
    return count <= STUB_STRING_MAX;
}

/* The host's name is of no use to the stub, but an item that is wrong is the sign of a host that is. */
static bool items_are_sound(const uint8_t *at, size_t count) {
    bool named = false;
    while (count > 0) {
        if (count < 2 || count - 2 < at[1]) {
            return false;
        }
        if (at[0] == STUB_ITEM_SOFTWARE && !named) {
            named = true;
            if (!is_string(at + 2, at[1])) {
                return false;
            }
        }
        count -= 2u + at[1];
        at += 2u + at[1];
    }
    return true;
}

static bool decode_hello(const uint8_t *payload, size_t count, struct stub_message *m) {
    const size_t fixed = 2 + STUB_NONCE_SIZE;
    m->hello.version_min = payload[0];
    m->hello.version_max = payload[1];
    m->hello.nonce = payload + 2;
    return m->session == stub_get_le16(m->hello.nonce) && items_are_sound(payload + fixed, count - fixed);
}

static bool decode_begin(const uint8_t *payload, struct stub_message *m) {
    m->begin.flags = payload[1];
    m->begin.image_size = stub_get_le32(payload + 2);
    m->begin.file_sha256 = payload + 6;
    m->begin.image_hash = payload + 6 + STUB_HASH_SIZE;
    return (m->begin.flags & ~STUB_BEGIN_FLAGS) == 0;
}

static bool decode_fields(const uint8_t *payload, size_t count, struct stub_message *m) {
    switch (m->type) {
    case STUB_HELLO:
        return decode_hello(payload, count, m);
    case STUB_GET_DIGESTS:
        m->get_digests.first = stub_get_le16(payload + 1);
        m->get_digests.count = stub_get_le16(payload + 3);
        return true;
    case STUB_BEGIN:
        return decode_begin(payload, m);
    case STUB_DATA:
        m->data.offset = stub_get_le32(payload);
        m->data.bytes = payload + 4;
        m->data.count = (uint16_t)(count - 4);
        return true;
    case STUB_RATE:
        m->rate = stub_get_le32(payload + 1);
        return true;
    case STUB_PROBE:
        m->probe = payload[0];
        return m->probe < STUB_PROBES_MAX;
    case STUB_MARK:
    case STUB_RESET:
    case STUB_CONFIRM:
        m->named.boot_id = payload + 1;
        m->named.hash = payload + 1 + STUB_BOOT_ID_SIZE; /* not RESET's: there it is the end, and not read */
        return true;
    default:
        return true;
    }
}

uint8_t stub_message_decode(const uint8_t *body, size_t count, struct stub_message *m) {
    const uint8_t *payload = body + STUB_BODY_HEADER;
    size_t length = count - STUB_BODY_HEADER;
    memset(m, 0, sizeof *m);
    m->type = body[0];
    m->session = stub_get_le16(body + 1);
    m->number = stub_get_le16(body + 3);
    const struct shape *shape = shape_of(m->type);
    if (shape == NULL) {
        return STUB_UNSUPPORTED;
    }
    m->tag = shape->tagged && length > 0 ? payload[0] : 0;
    if (length < shape->min || length > shape->max) {
        return STUB_MALFORMED;
    }
    return decode_fields(payload, length, m) ? STUB_OK : STUB_MALFORMED;
}

/* ---- encoding ---- */

void stub_write_bytes(struct stub_writer *w, const uint8_t *bytes, size_t count) {
    if ((size_t)(w->end - w->at) < count) {
        w->overflow = true;
        return;
    }
    memcpy(w->at, bytes, count);
    w->at += count;
}

static void put8(struct stub_writer *w, unsigned value) {
    const uint8_t byte = (uint8_t)value;
    stub_write_bytes(w, &byte, 1);
}

static void put16(struct stub_writer *w, unsigned value) {
    uint8_t bytes[2];
    stub_put_le16(bytes, (uint16_t)value);
    stub_write_bytes(w, bytes, sizeof bytes);
}

static void put32(struct stub_writer *w, uint32_t value) {
    uint8_t bytes[4];
    stub_put_le32(bytes, value);
    stub_write_bytes(w, bytes, sizeof bytes);
}

static void put_item(struct stub_writer *w, enum stub_item type, unsigned length) {
    put8(w, type);
    put8(w, length);
}

/* Nothing at all for a string that is not there. */
static void put_string(struct stub_writer *w, enum stub_item type, const char *string) {
    unsigned length = 0;
    while (string != NULL && length < STUB_STRING_MAX && string[length] != '\0') {
        length++;
    }
    if (length > 0) {
        put_item(w, type, length);
        stub_write_bytes(w, (const uint8_t *)string, length);
    }
}

static void put_identity(struct stub_writer *w, const struct stub_identity *identity, enum stub_running_state running) {
    put_string(w, STUB_ITEM_BOARD, identity->board);
    put_string(w, STUB_ITEM_UNIT, identity->unit);
    put_string(w, STUB_ITEM_SOFTWARE, identity->software);
    put_item(w, STUB_ITEM_APP_VERSION, 8);
    put8(w, identity->app_version.major);
    put8(w, identity->app_version.minor);
    put16(w, identity->app_version.revision);
    put32(w, identity->app_version.build);
    put_item(w, STUB_ITEM_RUNNING, STUB_HASH_SIZE + 1);
    stub_write_bytes(w, identity->image_hash, STUB_HASH_SIZE);
    put8(w, running);
}

static void put_readable(struct stub_writer *w, const struct stub_range *readable) {
    unsigned count = 0;
    while (count < STUB_READABLE_MAX && readable[count].length > 0) {
        count++;
    }
    put_item(w, STUB_ITEM_READABLE, 8 * count);
    for (unsigned i = 0; i < count; i++) {
        put32(w, readable[i].base);
        put32(w, readable[i].length);
    }
}

static void put_slot(struct stub_writer *w, const struct stub_slot *slot, enum stub_slot_state state) {
    put_item(w, STUB_ITEM_SLOT, 23);
    put32(w, slot->base);
    put32(w, slot->size);
    put32(w, slot->page_size);
    put32(w, slot->image_offset);
    put32(w, slot->size_limit);
    put8(w, slot->write_unit);
    put8(w, slot->swap_mode);
    put8(w, state);
}

static void put_link(struct stub_writer *w, const struct stub_config *config) {
    put_item(w, STUB_ITEM_LINK, 12);
    put16(w, stub_min32(config->memory.frame_size, STUB_BODY_MAX) - STUB_FRAME_OVERHEAD);
    put32(w, config->line_capacity);
    put32(w, config->memory.ring_size);
    put16(w, config->stall_max_ms);
}

static void put_rates(struct stub_writer *w, const uint32_t *rates) {
    unsigned count = 0;
    while (count < STUB_RATES_MAX && rates[count] != 0) {
        count++;
    }
    if (count > 0) {
        put_item(w, STUB_ITEM_RATES, 4 * count);
    }
    for (unsigned i = 0; i < count; i++) {
        put32(w, rates[i]);
    }
}

static void put_running_at(struct stub_writer *w, uint32_t address) {
    if (address != 0) {
        put_item(w, STUB_ITEM_RUNNING_AT, 4);
        put32(w, address);
    }
}

static void put_work(struct stub_writer *w, const struct stub_work *work) {
    if (work->program_us != 0) {
        put_item(w, STUB_ITEM_WORK, 14);
        put32(w, work->erase_us);
        put32(w, work->program_us);
        put16(w, work->digest_ns);
        put16(w, work->inflate_in_ns);
        put16(w, work->inflate_out_ns);
    }
}

void stub_write_welcome(struct stub_writer *w, const struct stub_session *s) {
    put8(w, s->version);
    stub_write_bytes(w, s->nonce, STUB_NONCE_SIZE);
    stub_write_bytes(w, s->config.boot_id, STUB_BOOT_ID_SIZE);
    put_item(w, STUB_ITEM_VERSIONS, 2);
    put8(w, STUB_PROTOCOL_VERSION);
    put8(w, STUB_PROTOCOL_VERSION);
    put_item(w, STUB_ITEM_FEATURES, 4);
    put32(w, STUB_FEATURE_DEFLATE | STUB_FEATURE_DICTIONARY | (s->config.rates[0] != 0 ? STUB_FEATURE_RATES : 0));
    put_identity(w, &s->config.identity, s->boot.running);
    put_slot(w, &s->config.slot, s->boot.slot);
    put_link(w, &s->config);
    put_readable(w, s->config.identity.readable);
    put_item(w, STUB_ITEM_CONFIRMS, 1);
    put8(w, s->config.identity.application_confirms);
    put_item(w, STUB_ITEM_MEMORY_MAPPED, 1);
    put8(w, s->config.identity.memory_mapped);
    put_rates(w, s->config.rates);
    put_running_at(w, s->config.identity.running_at);
    put_work(w, &s->config.work);
}

void stub_write_status(struct stub_writer *w, const struct stub_session *s) {
    const struct stub_upload *u = &s->upload;
    put16(w, s->last_number);
    put8(w, s->state);
    put8(w, s->request.type);
    put8(w, u->code);
    put16(w, u->page);
    put32(w, u->received);
    put32(w, u->credit);
    put16(w, u->durable);
    put16(w, u->refused);
    put16(w, s->erased);
    put8(w, u->stretch_count);
    for (unsigned i = 0; i < u->stretch_count; i++) {
        put32(w, u->stretch[i].start);
        put32(w, u->stretch[i].end);
    }
}

void stub_write_digests(struct stub_writer *w, const struct stub_request *request) {
    put8(w, request->tag);
    put16(w, request->batch_first);
    put8(w, request->batch_count);
    stub_write_bytes(w, request->batch, request->batch_count * STUB_DIGEST_SIZE);
}

/* The fill is what a rate that is a little off gets wrong first: alternating bits, single ones, long runs of either. */
void stub_write_probed(struct stub_writer *w, const struct stub_rate *rate) {
    static const uint8_t FILL[4] = {0x55, 0xFF, 0x10, 0x00};
    put32(w, rate->now);
    put32(w, rate->probes);
    for (unsigned i = 0; i < STUB_PROBED_FILL; i++) {
        put8(w, FILL[i % 4]);
    }
}

void stub_write_reply(struct stub_writer *w, const struct stub_reply *reply) {
    put8(w, reply->tag);
    put8(w, reply->request);
    put8(w, reply->code);
    put32(w, reply->detail);
}
