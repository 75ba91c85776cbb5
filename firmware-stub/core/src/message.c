/*
 * Bytes to messages of the host, and messages of the stub to bytes: SPEC.md section 3. Every length is checked here, so
 * that nobody further in meets a pointer that is not good for what it names. Knows no state but what it is given to
 * write.
 */
#include "message.h"

#include <string.h>

#include "bytes.h"
#include "modem.h"
#include "wire.h"

/* ---- decoding ---- */

#define ANY_LENGTH UINT8_MAX

/* How many bytes the fields are. */
struct shape {
    uint8_t type;
    bool tagged;
    uint8_t min;
    uint8_t max;
};

static const struct shape SHAPES[] = {
    {STUB_HELLO, false, STUB_HELLO_ITEMS, ANY_LENGTH},
    {STUB_PING, false, 0, 0},
    {STUB_GET_DIGESTS, true, 4, 4},
    {STUB_BEGIN, true, STUB_FIELDS_MAX, STUB_FIELDS_MAX},
    {STUB_DATA, false, STUB_DATA_BYTES + 1, ANY_LENGTH},
    {STUB_VERIFY, true, 0, 0},
    {STUB_MARK, true, STUB_BOOT_ID_SIZE + STUB_HASH_SIZE, STUB_BOOT_ID_SIZE + STUB_HASH_SIZE},
    {STUB_RESET, true, STUB_BOOT_ID_SIZE, STUB_BOOT_ID_SIZE},
    {STUB_CONFIRM, true, STUB_BOOT_ID_SIZE + STUB_HASH_SIZE, STUB_BOOT_ID_SIZE + STUB_HASH_SIZE},
    {STUB_ABORT, true, 0, 0},
    {STUB_RATE, true, 4, 4},
    {STUB_PROBE, false, 1, ANY_LENGTH},
    {STUB_MODEM, true, STUB_MODEM_BYTES, ANY_LENGTH},
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

static bool fields_are_sound(const struct stub_message *m) {
    switch (m->type) {
    case STUB_HELLO:
        return m->session == stub_get_le16(m->fields + STUB_HELLO_NONCE) &&
               items_are_sound(m->fields + STUB_HELLO_ITEMS, m->count - (size_t)STUB_HELLO_ITEMS);
    case STUB_BEGIN:
        return (m->fields[STUB_BEGIN_FLAGS] & ~STUB_BEGIN_FLAGS_KNOWN) == 0;
    case STUB_PROBE:
        return m->fields[STUB_PROBE_INDEX] < STUB_PROBES_MAX;
    case STUB_MODEM: /* only a write has bytes */
        return m->fields[STUB_MODEM_OPERATION] <= STUB_MODEM_SCHEDULE &&
               (m->fields[STUB_MODEM_OPERATION] == STUB_MODEM_WRITE) == (m->count > STUB_MODEM_BYTES);
    default:
        return true;
    }
}

uint8_t stub_message_decode(const uint8_t *body, size_t count, struct stub_message *m) {
    const struct shape *shape = shape_of(body[0]);
    m->type = body[0];
    m->tag = 0;
    m->session = stub_get_le16(body + 1);
    m->number = stub_get_le16(body + 3);
    if (shape == NULL) {
        return STUB_UNSUPPORTED;
    }
    body += STUB_BODY_HEADER;
    count -= STUB_BODY_HEADER;
    if (shape->tagged) {
        if (count == 0) {
            return STUB_MALFORMED;
        }
        m->tag = *body++;
        count--;
    }
    m->fields = body;
    m->count = (uint16_t)count;
    bool fits = count >= shape->min && (shape->max == ANY_LENGTH || count <= shape->max);
    return fits && fields_are_sound(m) ? STUB_OK : STUB_MALFORMED;
}

/* ---- encoding ---- */

void stub_write_bytes(struct stub_writer *w, const uint8_t *bytes, size_t count) {
    if (count <= (size_t)(w->end - w->at)) {
        memcpy(w->at, bytes, count);
        w->at += count;
    }
}

/* The low size bytes, four at most. */
static void put(struct stub_writer *w, uint32_t value, size_t size) {
    uint8_t bytes[4];
    stub_put_le32(bytes, value);
    stub_write_bytes(w, bytes, size);
}

/*
 * What a message says, as a list of two-byte entries, which takes less space than a call for each: two bytes that never
 * change, such as an item's type and length, or a number in a structure, by its size and place.
 */
#define PAIR(first, second) (uint16_t)(3u << 14 | (unsigned)(second) << 6 | (unsigned)(first))
#define NUMBER(type, member) (uint16_t)(sizeof(((type *)0)->member) / 2u << 14 | offsetof(type, member))
#define OF_SESSION(member) NUMBER(struct stub_session, member)
#define PUT_LIST(w, from, list) put_list((w), (from), (list), sizeof(list) / sizeof(list)[0])

_Static_assert(sizeof(struct stub_session) < 1u << 14, "a place fits its entry");

static void put_list(struct stub_writer *w, const void *from, const uint16_t *list, size_t count) {
    for (const uint16_t *end = list + count; list < end; list++) {
        const unsigned size = *list >> 14;
        const unsigned place = *list & 0x3FFFu;
        const void *at = (const uint8_t *)from + place;
        switch (size) {
        case 0:
            put(w, *(const uint8_t *)at, 1);
            break;
        case 1:
            put(w, *(const uint16_t *)at, 2);
            break;
        case 2:
            put(w, *(const uint32_t *)at, 4);
            break;
        default:
            put(w, (place & 0x3Fu) | place >> 6 << 8, 2);
            break;
        }
    }
}

static void put_item(struct stub_writer *w, enum stub_item type, unsigned length) {
    put(w, type | length << 8, 2);
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

static void put_identity(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t VERSION[] = {
        PAIR(STUB_ITEM_APP_VERSION, 8),
        OF_SESSION(config.identity.app_version.major),
        OF_SESSION(config.identity.app_version.minor),
        OF_SESSION(config.identity.app_version.revision),
        OF_SESSION(config.identity.app_version.build),
        PAIR(STUB_ITEM_RUNNING, STUB_HASH_SIZE + 1),
    };
    put_string(w, STUB_ITEM_BOARD, s->config.identity.board);
    put_string(w, STUB_ITEM_UNIT, s->config.identity.unit);
    put_string(w, STUB_ITEM_SOFTWARE, s->config.identity.software);
    PUT_LIST(w, s, VERSION);
    stub_write_bytes(w, s->config.identity.image_hash, STUB_HASH_SIZE);
    put(w, s->boot.running, 1);
}

static void put_readable(struct stub_writer *w, const struct stub_range *readable) {
    unsigned count = 0;
    while (count < STUB_READABLE_MAX && readable[count].length > 0) {
        count++;
    }
    put_item(w, STUB_ITEM_READABLE, 8 * count);
    for (unsigned i = 0; i < count; i++) {
        put(w, readable[i].base, 4);
        put(w, readable[i].length, 4);
    }
}

static void put_slot(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t SLOT[] = {
        PAIR(STUB_ITEM_SLOT, 23),           OF_SESSION(config.slot.base),         OF_SESSION(config.slot.size),
        OF_SESSION(config.slot.page_size),  OF_SESSION(config.slot.image_offset), OF_SESSION(config.slot.size_limit),
        OF_SESSION(config.slot.write_unit),
    };
    PUT_LIST(w, s, SLOT);
    put(w, s->config.slot.swap_mode, 1);
    put(w, s->boot.slot, 1);
}

static void put_link(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t LINK[] = {
        OF_SESSION(config.line_capacity),
        OF_SESSION(config.memory.ring_size),
        OF_SESSION(config.stall_max_ms),
    };
    put_item(w, STUB_ITEM_LINK, 12);
    put(w, stub_min32(s->config.memory.frame_size, STUB_BODY_MAX) - STUB_FRAME_OVERHEAD, 2);
    PUT_LIST(w, s, LINK);
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
        put(w, rates[i], 4);
    }
}

/* What a board need not say. */
static void put_optional(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t RUNNING_AT[] = {PAIR(STUB_ITEM_RUNNING_AT, 4), OF_SESSION(config.identity.running_at)};
    static const uint16_t WORK[] = {
        PAIR(STUB_ITEM_WORK, 14),
        OF_SESSION(config.work.erase_us),
        OF_SESSION(config.work.program_us),
        OF_SESSION(config.work.digest_ns),
        OF_SESSION(config.work.inflate_in_ns),
        OF_SESSION(config.work.inflate_out_ns),
    };
    put_rates(w, s->config.rates);
    if (s->config.identity.running_at != 0) {
        PUT_LIST(w, s, RUNNING_AT);
    }
    if (s->config.work.program_us != 0) {
        PUT_LIST(w, s, WORK);
    }
}

static void put_modem(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t MODEM[] = {
        PAIR(STUB_ITEM_MODEM, 16 + STUB_MODEM_UUID_SIZE),
        OF_SESSION(modem.error),
        OF_SESSION(modem.result),
        OF_SESSION(modem.area_size),
        OF_SESSION(modem.offset),
    };
    if (STUB_MODEM_OF(&s->config) != NULL) {
        PUT_LIST(w, s, MODEM);
        stub_write_bytes(w, (const uint8_t *)s->modem.uuid, STUB_MODEM_UUID_SIZE);
        put_string(w, STUB_ITEM_MODEM_VERSION, s->modem.version);
    }
}

static uint32_t features(const struct stub_config *config) {
    return STUB_FEATURE_DEFLATE | STUB_FEATURE_DICTIONARY | (config->rates[0] != 0 ? STUB_FEATURE_RATES : 0) |
           (STUB_MODEM_OF(config) != NULL ? STUB_FEATURE_MODEM : 0);
}

void stub_write_welcome(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t VERSIONS[] = {
        PAIR(STUB_ITEM_VERSIONS, 2),
        PAIR(STUB_PROTOCOL_VERSION, STUB_PROTOCOL_VERSION),
        PAIR(STUB_ITEM_FEATURES, 4),
    };
    static const uint16_t FLAGS[] = {
        PAIR(STUB_ITEM_CONFIRMS, 1),
        OF_SESSION(config.identity.application_confirms),
        PAIR(STUB_ITEM_MEMORY_MAPPED, 1),
        OF_SESSION(config.identity.memory_mapped),
    };
    put(w, s->version, 1);
    stub_write_bytes(w, s->nonce, STUB_NONCE_SIZE);
    stub_write_bytes(w, s->config.boot_id, STUB_BOOT_ID_SIZE);
    PUT_LIST(w, s, VERSIONS);
    put(w, features(&s->config), 4);
    put_identity(w, s);
    put_slot(w, s);
    put_link(w, s);
    put_readable(w, s->config.identity.readable);
    PUT_LIST(w, s, FLAGS);
    put_optional(w, s);
    put_modem(w, s);
}

void stub_write_status(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t STATUS[] = {
        OF_SESSION(last_number),          OF_SESSION(state),
        OF_SESSION(request.type),         OF_SESSION(upload.code),
        OF_SESSION(upload.page),          OF_SESSION(upload.received),
        OF_SESSION(upload.credit),        OF_SESSION(upload.durable),
        OF_SESSION(upload.refused),       OF_SESSION(erased),
        OF_SESSION(upload.stretch_count),
    };
    PUT_LIST(w, s, STATUS);
    for (unsigned i = 0; i < s->upload.stretch_count; i++) {
        put(w, s->upload.stretch[i].start, 4);
        put(w, s->upload.stretch[i].end, 4);
    }
}

void stub_write_digests(struct stub_writer *w, const struct stub_session *s) {
    static const uint16_t BATCH[] = {OF_SESSION(request.tag), OF_SESSION(request.batch_first),
                                     OF_SESSION(request.batch_count)};
    PUT_LIST(w, s, BATCH);
    stub_write_bytes(w, s->request.batch, s->request.batch_count * STUB_DIGEST_SIZE);
}

/* The fill is what a rate that is a little off gets wrong first: alternating bits, single ones, long runs of either. */
void stub_write_probed(struct stub_writer *w, const struct stub_session *s) {
    put(w, s->rate.now, 4);
    put(w, s->rate.probes, 4);
    for (unsigned i = 0; i < STUB_PROBED_FILL; i += 4) {
        put(w, 0x0010FF55u, 4);
    }
}

void stub_write_reply(struct stub_writer *w, const struct stub_reply *reply) {
    static const uint16_t REPLY[] = {NUMBER(struct stub_reply, tag), NUMBER(struct stub_reply, request),
                                     NUMBER(struct stub_reply, code), NUMBER(struct stub_reply, detail)};
    PUT_LIST(w, reply, REPLY);
}
