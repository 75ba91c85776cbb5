/* messages.vec: the host's messages are decoded, the stub's are written, and both must be what the vector says. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../check.h"
#include "bytes.h"
#include "message.h"
#include "vectors.h"
#include "wire.h"

#define FORM_MAX 16384

/* ---- decoding ---- */

struct text {
    char at[FORM_MAX];
    size_t count;
};

static void add_hex(struct text *t, const char *field, const uint8_t *bytes, size_t count) {
    t->count += (size_t)snprintf(t->at + t->count, sizeof t->at - t->count, " %s=", field);
    for (size_t i = 0; i < count; i++) {
        t->count += (size_t)snprintf(t->at + t->count, sizeof t->at - t->count, "%02x", bytes[i]);
    }
}

static void add_number(struct text *t, const char *field, uint32_t value) {
    t->count += (size_t)snprintf(t->at + t->count, sizeof t->at - t->count, " %s=%" PRIu32, field, value);
}

static const char *name_of(uint8_t type) {
    static const char *const NAMES[] = {"",       "HELLO", "PING",  "GET_DIGESTS", "BEGIN", "DATA",
                                        "VERIFY", "MARK",  "RESET", "CONFIRM",     "ABORT"};
    return type <= STUB_ABORT   ? NAMES[type]
           : type == STUB_RATE  ? "RATE"
           : type == STUB_PROBE ? "PROBE"
           : type == STUB_MODEM ? "MODEM"
                                : "";
}

static void add_fields(struct text *t, const struct stub_message *m) {
    const uint8_t *fields = m->fields;
    switch (m->type) {
    case STUB_HELLO:
        add_number(t, "versionMin", fields[STUB_HELLO_VERSION_MIN]);
        add_number(t, "versionMax", fields[STUB_HELLO_VERSION_MAX]);
        add_hex(t, "nonce", fields + STUB_HELLO_NONCE, STUB_NONCE_SIZE);
        break;
    case STUB_GET_DIGESTS:
        add_number(t, "first", stub_get_le16(fields + STUB_DIGESTS_FIRST));
        add_number(t, "count", stub_get_le16(fields + STUB_DIGESTS_COUNT));
        break;
    case STUB_BEGIN:
        add_number(t, "flags", fields[STUB_BEGIN_FLAGS]);
        add_number(t, "imageSize", stub_get_le32(fields + STUB_BEGIN_IMAGE_SIZE));
        add_hex(t, "fileSha256", fields + STUB_BEGIN_FILE_SHA256, STUB_HASH_SIZE);
        add_hex(t, "imageHash", fields + STUB_BEGIN_IMAGE_HASH, STUB_HASH_SIZE);
        break;
    case STUB_DATA:
        add_number(t, "offset", stub_get_le32(fields + STUB_DATA_OFFSET));
        add_hex(t, "bytes", fields + STUB_DATA_BYTES, m->count - (size_t)STUB_DATA_BYTES);
        break;
    case STUB_RATE:
        add_number(t, "rate", stub_get_le32(fields + STUB_RATE_RATE));
        break;
    case STUB_PROBE:
        add_number(t, "index", fields[STUB_PROBE_INDEX]);
        break;
    case STUB_MODEM:
        add_number(t, "operation", fields[STUB_MODEM_OPERATION]);
        add_number(t, "offset", stub_get_le32(fields + STUB_MODEM_OFFSET));
        add_hex(t, "bytes", fields + STUB_MODEM_BYTES, m->count - (size_t)STUB_MODEM_BYTES);
        break;
    case STUB_MARK:
    case STUB_RESET:
    case STUB_CONFIRM:
        add_hex(t, "bootId", fields + STUB_NAMED_BOOT_ID, STUB_BOOT_ID_SIZE);
        if (m->type != STUB_RESET) {
            add_hex(t, m->type == STUB_MARK ? "fileSha256" : "imageHash", fields + STUB_NAMED_HASH, STUB_HASH_SIZE);
        }
        break;
    default:
        break;
    }
}

static void write_form(struct text *t, const struct stub_message *m) {
    const bool tagged = m->type != STUB_HELLO && m->type != STUB_PING && m->type != STUB_DATA && m->type != STUB_PROBE;
    t->count = (size_t)snprintf(t->at, sizeof t->at, "%s", name_of(m->type));
    if (tagged) {
        add_number(t, "tag", m->tag);
    }
    add_fields(t, m);
}

/* The body is allocated to its size, so that the sanitizer sees a read beyond it. */
static void check_decoding(const struct vector *v) {
    static struct text text;
    struct stub_message m;
    size_t count = STUB_BODY_HEADER + v->count;
    uint8_t *body = malloc(count);
    const uint8_t header[STUB_BODY_HEADER] = {v->type, v->count > 3 ? v->bytes[2] : 0, v->count > 3 ? v->bytes[3] : 0};
    memcpy(body, header, sizeof header);
    memcpy(body + sizeof header, v->bytes, v->count);
    CHECK_EQ(v->accept ? STUB_OK : STUB_MALFORMED, stub_message_decode(body, count, &m));
    if (v->accept) {
        const char *unused = strstr(v->form, v->type == STUB_PROBE ? " fill=" : " items="); /* by the stub */
        size_t length = unused != NULL ? (size_t)(unused - v->form) : strlen(v->form);
        write_form(&text, &m);
        CHECK_EQ(length, text.count);
        CHECK(strncmp(v->form, text.at, length) == 0);
    }
    free(body);
}

/* ---- encoding ---- */

/* What stands after " field=" in the form. */
static const char *value(const struct vector *v, const char *field) {
    char key[32];
    snprintf(key, sizeof key, " %s=", field);
    const char *at = strstr(v->form, key);
    return at == NULL ? "" : at + strlen(key);
}

static uint32_t number(const struct vector *v, const char *field) {
    return (uint32_t)strtoul(value(v, field), NULL, 10);
}

static void status_from(const struct vector *v, struct stub_session *s) {
    struct stub_upload *u = &s->upload;
    s->last_number = (uint16_t)number(v, "lastNumber");
    s->state = (uint8_t)number(v, "state");
    s->request.type = (uint8_t)number(v, "busy");
    s->erased = (uint16_t)number(v, "erased");
    u->code = (uint8_t)number(v, "code");
    u->page = (uint16_t)number(v, "page");
    u->received = number(v, "received");
    u->credit = number(v, "credit");
    u->durable = (uint16_t)number(v, "durable");
    u->refused = (uint16_t)number(v, "refused");
    const char *at = value(v, "ranges");
    while (u->stretch_count < STUB_RANGES_MAX && *at != '\0') {
        char *end;
        struct stub_stretch *stretch = &u->stretch[u->stretch_count++];
        stretch->start = (uint32_t)strtoul(at, &end, 10);
        stretch->end = (uint32_t)strtoul(end + 1, &end, 10);
        at = *end == ',' ? end + 1 : end;
    }
}

static void digests_from(const struct vector *v, struct stub_request *request) {
    request->tag = (uint8_t)number(v, "tag");
    request->batch_first = (uint16_t)number(v, "first");
    const char *at = value(v, "digests");
    while (request->batch_count < STUB_DIGESTS_MAX && *at != '\0') {
        uint8_t *into = request->batch + request->batch_count++ * STUB_DIGEST_SIZE;
        at += 2 * vector_hex(at, into, STUB_DIGEST_SIZE);
        at += *at == ',';
    }
}

static const struct stub_modem MODEM; /* that there is one is all that is asked here */

/* One item of WELCOME into the session that would write it; strings are kept by the caller. */
static void item_from(uint8_t type, const uint8_t *p, size_t count, struct stub_session *s, char strings[3][33]) {
    struct stub_config *c = &s->config;
    switch (type) {
    case STUB_ITEM_BOARD:
    case STUB_ITEM_UNIT:
    case STUB_ITEM_SOFTWARE:
        memcpy(strings[type - STUB_ITEM_BOARD], p, count);
        break;
    case STUB_ITEM_APP_VERSION:
        c->identity.app_version = (struct stub_version){p[0], p[1], stub_get_le16(p + 2), stub_get_le32(p + 4)};
        break;
    case STUB_ITEM_RUNNING:
        memcpy(c->identity.image_hash, p, STUB_HASH_SIZE);
        s->boot.running = (enum stub_running_state)p[32];
        break;
    case STUB_ITEM_SLOT:
        c->slot = (struct stub_slot){stub_get_le32(p),          stub_get_le32(p + 4),  stub_get_le32(p + 8),
                                     stub_get_le32(p + 12),     stub_get_le32(p + 16), p[20],
                                     (enum stub_swap_mode)p[21]};
        s->boot.slot = (enum stub_slot_state)p[22];
        break;
    case STUB_ITEM_LINK:
        c->memory.frame_size = (uint16_t)(stub_get_le16(p) + STUB_FRAME_OVERHEAD);
        c->line_capacity = stub_get_le32(p + 2);
        c->memory.ring_size = stub_get_le32(p + 6);
        c->stall_max_ms = stub_get_le16(p + 10);
        break;
    case STUB_ITEM_READABLE:
        for (size_t i = 0; i < count / 8; i++) {
            c->identity.readable[i] = (struct stub_range){stub_get_le32(p + 8 * i), stub_get_le32(p + 8 * i + 4)};
        }
        break;
    case STUB_ITEM_CONFIRMS:
        c->identity.application_confirms = p[0] != 0;
        break;
    case STUB_ITEM_MEMORY_MAPPED:
        c->identity.memory_mapped = p[0] != 0;
        break;
    case STUB_ITEM_RATES:
        for (size_t i = 0; i < count / 4; i++) {
            c->rates[i] = stub_get_le32(p + 4 * i);
        }
        break;
    case STUB_ITEM_RUNNING_AT:
        c->identity.running_at = stub_get_le32(p);
        break;
    case STUB_ITEM_WORK:
        c->work = (struct stub_work){stub_get_le32(p), stub_get_le32(p + 4), stub_get_le16(p + 8),
                                     stub_get_le16(p + 10), stub_get_le16(p + 12)};
        break;
    case STUB_ITEM_MODEM:
        c->modem = &MODEM;
        s->modem = (struct stub_modem_state){.error = (int32_t)stub_get_le32(p),
                                             .result = stub_get_le32(p + 4),
                                             .area_size = stub_get_le32(p + 8),
                                             .offset = stub_get_le32(p + 12)};
        memcpy(s->modem.uuid, p + 16, STUB_MODEM_UUID_SIZE);
        break;
    case STUB_ITEM_MODEM_VERSION:
        memcpy(s->modem.version, p, count);
        break;
    default:
        break;
    }
}

static void welcome_from(const struct vector *v, struct stub_session *s, char strings[3][33]) {
    s->version = (uint8_t)number(v, "version");
    s->config.identity.board = strings[0];
    s->config.identity.unit = strings[1];
    s->config.identity.software = strings[2];
    const char *at = value(v, "items");
    while (*at != '\0') {
        uint8_t type;
        uint8_t bytes[255];
        at += 2 * vector_hex(at, &type, 1) + 1;
        size_t count = vector_hex(at, bytes, sizeof bytes);
        item_from(type, bytes, count, s, strings);
        at += 2 * count;
        at += *at == ',';
    }
}

static void write_message(const struct vector *v, struct stub_session *s, struct stub_writer *w) {
    char strings[3][33] = {{0}};
    vector_hex(value(v, "nonce"), s->nonce, STUB_NONCE_SIZE);
    vector_hex(value(v, "bootId"), s->config.boot_id, STUB_BOOT_ID_SIZE);
    switch (v->type) {
    case STUB_WELCOME:
        welcome_from(v, s, strings);
        stub_write_welcome(w, s);
        break;
    case STUB_STATUS:
        status_from(v, s);
        stub_write_status(w, s);
        break;
    case STUB_DIGESTS:
        digests_from(v, &s->request);
        stub_write_digests(w, s);
        break;
    case STUB_REPLY:
        s->answered = (struct stub_reply){(uint8_t)number(v, "tag"), (uint8_t)number(v, "request"),
                                          (uint8_t)number(v, "code"), number(v, "detail")};
        stub_write_reply(w, &s->answered);
        break;
    case STUB_PROBED:
        s->rate = (struct stub_rate){.now = number(v, "rate"), .probes = number(v, "probes")};
        stub_write_probed(w, s);
        break;
    default:
        stub_write_bytes(w, s->config.boot_id, STUB_BOOT_ID_SIZE);
        break;
    }
}

static void check_encoding(const struct vector *v) {
    static struct stub_session session;
    uint8_t payload[432];
    struct stub_writer w = {.at = payload, .end = payload + sizeof payload};
    memset(&session, 0, sizeof session);
    write_message(v, &session, &w);
    CHECK_EQ(v->count, w.at - payload);
    CHECK_BYTES(v->bytes, payload, v->count);
}

void check_message_vector(const struct vector *v) {
    if (v->type < STUB_FROM_STUB) {
        check_decoding(v);
    } else if (v->accept && (v->type != STUB_WELCOME || strncmp(v->name, "welcome-stub-", 13) == 0)) {
        check_encoding(v);
    }
}
