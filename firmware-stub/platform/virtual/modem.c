#include "modem.h"

#include <string.h>

#define META_MAGIC 0x4d4f4445u
#define DELTA_MAGIC 0x7544656du
#define AT_MAGIC 4u
#define AT_HEADER_SIZE 8u
#define AT_FILE_SIZE 12u
#define AT_HASH 16u
#define AT_BASE_UUID 24u
#define AT_UUID 60u
#define AT_VERSION 96u

#define BLOCK_MAX 8192u      /* the region that is shared with the modem holds little more */
#define WRITE_BYTE_NS 40000u /* 25 KiB a second */
#define STEP_US 60000u       /* what each step of the area costs on top */
#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)
#define OFF (-1) /* EPERM: the library is not initialised, since the modem does not start */

static uint64_t get_le(const uint8_t *at, unsigned size) {
    uint64_t value = 0;
    while (size > 0) {
        value = value << 8 | at[--size];
    }
    return value;
}

/* ---- what every call has in common ---- */

/* The erase ends when its time has come, whoever looks. */
static void settle_erase(struct modem *modem) {
    struct modem_meta *meta = modem->meta;
    if (meta->erasing && modem->config.erase_ms != 0 && modem->hooks.now_ns(modem->hooks.context) >= modem->erased_ns) {
        meta->erasing = false;
        meta->dirty = false;
        meta->offset = 0;
        modem->hooks.tell(modem->hooks.context, "area is blank");
    }
}

static int32_t obstacle(struct modem *modem, enum modem_call call) {
    struct modem_config *config = &modem->config;
    if (modem->meta->dead) {
        return OFF;
    }
    if (config->fault_code != 0 && config->fault_call == call && config->fault_times > 0) {
        config->fault_times--;
        return config->fault_code;
    }
    settle_erase(modem);
    return modem->meta->erasing ? STUB_MODEM_ERASE_PENDING : 0;
}

/* Power goes before the operation, or behind it. */
static void cut(struct modem *modem, bool behind) {
    modem->operations += !behind;
    if (modem->operations == modem->cut_at && modem->cut_behind == behind) {
        modem->hooks.power_cut(modem->hooks.context);
    }
}

/* ---- state ---- */

/* Made from the version, so that another version's is another. */
static void make_uuid(char *uuid, const char *version) {
    static const char digits[] = "0123456789abcdef";
    uint64_t hash = FNV_BASIS;
    for (unsigned i = 0; i < STUB_MODEM_UUID_SIZE; i++) {
        hash = (hash ^ (uint8_t)version[i % (strlen(version) + 1)]) * FNV_PRIME;
        uuid[i] = i == 8 || i == 13 || i == 18 || i == 23 ? '-' : digits[hash >> 60];
    }
}

void modem_open(struct modem *modem, const struct modem_config *config, struct modem_meta *meta,
                const struct modem_hooks *hooks) {
    memset(modem, 0, sizeof *modem);
    modem->config = *config;
    modem->meta = meta;
    modem->hooks = *hooks;
    modem->cut_at = config->cut_at;
    if (modem->config.area == 0) {
        modem->config.area = MODEM_AREA;
    }
    if (meta->magic != META_MAGIC) {
        memset(meta, 0, sizeof *meta);
        meta->magic = META_MAGIC;
        meta->dirty = config->dirty;
        strncpy(meta->version, config->version, sizeof meta->version - 1);
        make_uuid(meta->uuid, config->version);
        if (config->uuid != NULL) {
            memcpy(meta->uuid, config->uuid, sizeof meta->uuid);
        }
    }
}

static void forget_delta(struct modem_meta *meta) {
    meta->scheduled = false;
    meta->dirty = true; /* for a rollback, which nobody asks for */
    meta->offset = 0;
}

static uint32_t next_result(struct modem_config *config) {
    if (config->result_times == 0) {
        return STUB_MODEM_RESULT_OK;
    }
    config->result_times--;
    return config->result;
}

static void apply(struct modem *modem) {
    struct modem_meta *meta = modem->meta;
    cut(modem, false);
    modem->hooks.busy(modem->hooks.context, modem->config.apply_ms * 1000u);
    modem->result = next_result(&modem->config);
    switch (modem->result) {
    case STUB_MODEM_RESULT_VOLTAGE_LOW:
        modem->hooks.tell(modem->hooks.context, "supply too low for the update");
        return;
    case STUB_MODEM_RESULT_INTERNAL:
    case STUB_MODEM_RESULT_HARDWARE:
        meta->dead = true;
        modem->hooks.tell(modem->hooks.context, "does not start any more");
        break;
    case STUB_MODEM_RESULT_AUTH:
    case STUB_MODEM_RESULT_UUID:
        modem->hooks.tell(modem->hooks.context, "keeps its old firmware");
        break;
    default:
        memcpy(meta->uuid, meta->next_uuid, sizeof meta->uuid);
        memcpy(meta->version, meta->next_version, sizeof meta->version);
        modem->hooks.tell(modem->hooks.context, "runs the new firmware");
        break;
    }
    forget_delta(meta);
    cut(modem, true);
}

void modem_start(struct modem *modem) {
    struct modem_meta *meta = modem->meta;
    modem->open = false;
    modem->result = 0;
    if (meta->erasing) { /* a reset has cut it */
        meta->erasing = false;
        meta->dirty = true;
    }
    if (meta->scheduled && !meta->dead) {
        apply(modem);
    }
}

/* ---- calls ---- */

void modem_look(struct modem *modem, struct stub_modem_state *state) {
    state->result = modem->result;
    state->error = obstacle(modem, MODEM_OPEN);
    if (state->error != 0) {
        return;
    }
    state->area_size = modem->config.area;
    state->offset = modem->meta->dirty ? STUB_MODEM_OFFSET_DIRTY : modem->meta->offset;
    memcpy(state->uuid, modem->meta->uuid, sizeof state->uuid);
    memcpy(state->version, modem->meta->version, sizeof state->version);
}

int32_t modem_offset(struct modem *modem, uint32_t *offset) {
    int32_t code = obstacle(modem, MODEM_OPEN);
    *offset = modem->meta->dirty ? STUB_MODEM_OFFSET_DIRTY : modem->meta->offset;
    return code;
}

int32_t modem_erase(struct modem *modem) {
    int32_t code = obstacle(modem, MODEM_ERASE);
    if (code != 0) {
        return code;
    }
    cut(modem, false);
    modem->open = false;
    modem->meta->erasing = true;
    modem->meta->dirty = true;
    modem->meta->scheduled = false;
    modem->erased_ns = modem->hooks.now_ns(modem->hooks.context) + (uint64_t)modem->config.erase_ms * 1000000u;
    modem->hooks.tell(modem->hooks.context, "erases its area");
    cut(modem, true);
    return 0;
}

/* The header is whole: is this delta for this firmware, and does it fit? */
static int32_t take_header(struct modem *modem) {
    const uint8_t *header = modem->header;
    struct modem_meta *meta = modem->meta;
    if (memcmp(header + AT_BASE_UUID, meta->uuid, sizeof meta->uuid) != 0) {
        return STUB_MODEM_INVALID_UUID;
    }
    meta->header_size = (uint32_t)get_le(header + AT_HEADER_SIZE, 4);
    meta->file_size = (uint32_t)get_le(header + AT_FILE_SIZE, 4);
    meta->wanted_hash = get_le(header + AT_HASH, 8);
    memcpy(meta->next_uuid, header + AT_UUID, sizeof meta->next_uuid);
    memcpy(meta->next_version, header + AT_VERSION, sizeof meta->next_version);
    meta->next_version[sizeof meta->next_version - 1] = '\0';
    if (meta->header_size < MODEM_HEADER || meta->header_size > meta->file_size) {
        return STUB_MODEM_INVALID_HEADER;
    }
    return meta->file_size > modem->config.area ? STUB_MODEM_INVALID_ADDRESS : 0;
}

static int32_t take_header_byte(struct modem *modem, uint8_t byte) {
    modem->header[modem->written++] = byte;
    if (modem->written == AT_MAGIC + 4 && get_le(modem->header + AT_MAGIC, 4) != DELTA_MAGIC) {
        return STUB_MODEM_INVALID_HEADER;
    }
    return modem->written == MODEM_HEADER ? take_header(modem) : 0;
}

/* What has been written so far is there for good. */
static void commit(struct modem *modem) {
    modem->meta->offset = modem->written;
    modem->meta->hash = modem->hash;
}

static int32_t take_byte(struct modem *modem, uint8_t byte) {
    struct modem_meta *meta = modem->meta;
    if (modem->written < MODEM_HEADER) {
        return take_header_byte(modem, byte);
    }
    if (modem->written >= meta->file_size) {
        return STUB_MODEM_INVALID_FILE_OFFSET;
    }
    if (modem->written >= meta->header_size) {
        modem->hash = (modem->hash ^ byte) * FNV_PRIME;
    }
    modem->written++;
    bool step = modem->written >= meta->header_size && (modem->written - meta->header_size) % MODEM_STEP == 0;
    if (step || modem->written == meta->file_size) {
        commit(modem);
        modem->hooks.busy(modem->hooks.context, STEP_US);
    }
    return 0;
}

int32_t modem_write(struct modem *modem, const uint8_t *bytes, size_t count) {
    int32_t code = obstacle(modem, MODEM_WRITE);
    if (code != 0) {
        return code;
    }
    if (modem->meta->dirty) {
        return STUB_MODEM_AREA_NOT_BLANK;
    }
    if (count > BLOCK_MAX) {
        return STUB_MODEM_BLOCK_TOO_LARGE;
    }
    cut(modem, false);
    if (!modem->open) {
        modem->open = true;
        modem->written = modem->meta->offset;
        modem->hash = modem->written == 0 ? FNV_BASIS : modem->meta->hash;
    }
    for (size_t i = 0; i < count && code == 0; i++) {
        code = take_byte(modem, bytes[i]);
    }
    modem->hooks.busy(modem->hooks.context, (uint32_t)(count * WRITE_BYTE_NS / 1000u));
    cut(modem, true);
    return code;
}

int32_t modem_close(struct modem *modem) {
    modem->open = false;
    return modem->meta->dead ? OFF : 0;
}

int32_t modem_schedule(struct modem *modem) {
    struct modem_meta *meta = modem->meta;
    int32_t code = obstacle(modem, MODEM_SCHEDULE);
    if (code != 0) {
        return code;
    }
    if (meta->dirty || meta->offset == 0 || meta->offset != meta->file_size) {
        return STUB_MODEM_INCOMPLETE;
    }
    if (meta->hash != meta->wanted_hash) {
        return STUB_MODEM_INVALID_DATA;
    }
    cut(modem, false);
    meta->scheduled = true;
    modem->hooks.tell(modem->hooks.context, "will apply the delta at its next start");
    cut(modem, true);
    return 0;
}
