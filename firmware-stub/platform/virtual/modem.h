/*
 * The nRF9160's modem as far as its own updates go: what nrf_modem_delta_dfu shows of it. Its area takes a delta
 * strictly in order, has it for good in steps of 8192 bytes behind the delta's header, is dirty after an update or an
 * erase that was cut, and takes its time to erase, to write and to apply.
 *
 * What follows the magic of a real delta is Nordic's secret. The deltas that this model takes have the real magic at
 * its place, and then, little-endian: header size u32, file size u32, FNV-1a (64 bits) of all behind the header u64,
 * UUID of the firmware they are for [36], UUID [36] and version [33] of the one that they make.
 *
 * No heap, no stdio, no globals. Not thread-safe: one owner.
 */
#ifndef VIRTUAL_MODEM_H
#define VIRTUAL_MODEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stub/modem.h"

#define MODEM_AREA 294912u /* 288 KiB */
#define MODEM_ERASE_MS 6500u
#define MODEM_APPLY_MS 40000u
#define MODEM_HEADER 129u /* bytes of a delta that say what it is */
#define MODEM_STEP 8192u

/* Which calls a planned fault is for. */
enum modem_call { MODEM_OPEN, MODEM_ERASE, MODEM_WRITE, MODEM_SCHEDULE };

/* Kept by the platform over process ends; all zero means a new modem. */
struct modem_meta {
    uint32_t magic;
    char uuid[STUB_MODEM_UUID_SIZE];
    char version[STUB_MODEM_VERSION_SIZE];
    bool dirty;
    bool erasing;
    bool scheduled;
    bool dead;
    /* the delta in the area, as far as it is there for good */
    uint32_t offset;
    uint32_t header_size;
    uint32_t file_size;
    uint64_t hash; /* of what lies behind the header, up to offset */
    uint64_t wanted_hash;
    char next_uuid[STUB_MODEM_UUID_SIZE];
    char next_version[STUB_MODEM_VERSION_SIZE];
};

/* What is chosen on the command line. */
struct modem_config {
    const char *version; /* NULL: the board has no modem */
    const char *uuid;    /* of a new modem; NULL: made from the version */
    bool dirty;          /* a new modem's area is */
    uint32_t area;       /* bytes; 0: MODEM_AREA */
    uint32_t erase_ms;   /* 0: an erase never ends, as with a network that is in use */
    uint32_t apply_ms;
    enum modem_call fault_call;
    int32_t fault_code; /* what that call answers; 0: no fault */
    uint32_t fault_times;
    uint32_t result;       /* how an update ends; STUB_MODEM_RESULT_OK, or 0: it is carried out, but nobody says so */
    uint32_t result_times; /* that often, then OK */
    uint32_t cut_at;       /* power goes at the modem's operation of this number, 0 = never */
};

struct modem_hooks {
    void *context;
    uint64_t (*now_ns)(void *context);
    void (*busy)(void *context, uint32_t microseconds);
    void (*power_cut)(void *context); /* does not return */
    void (*tell)(void *context, const char *what);
};

struct modem {
    struct modem_config config;
    struct modem_meta *meta;
    struct modem_hooks hooks;
    uint64_t operations; /* erases, writes, schedules and applications so far */
    uint64_t cut_at;     /* power goes at this one, 0 = never */
    bool cut_behind;     /* ... when it is done, but not answered */
    uint32_t result;
    uint64_t erased_ns; /* when the erase under way ends */
    bool open;
    uint32_t written; /* where the open write stands */
    uint64_t hash;
    uint8_t header[MODEM_HEADER];
};

/* Takes over meta; a new one becomes the configured modem's. */
void modem_open(struct modem *modem, const struct modem_config *config, struct modem_meta *meta,
                const struct modem_hooks *hooks);

/* The modem is initialised, after a reset: a scheduled update is carried out now. */
void modem_start(struct modem *modem);

/* As struct stub_modem has them. */
void modem_look(struct modem *modem, struct stub_modem_state *state);
int32_t modem_offset(struct modem *modem, uint32_t *offset);
int32_t modem_erase(struct modem *modem);
int32_t modem_write(struct modem *modem, const uint8_t *bytes, size_t count);
int32_t modem_close(struct modem *modem);
int32_t modem_schedule(struct modem *modem);

#endif
