/*
 * The stub's half of DK Link (protocol/SPEC.md) as a pure machine: bytes and time go in, bytes, events and a deadline
 * come out. No heap, no globals, no clock, no I/O but the storage callbacks of struct stub_port. Two sessions can live
 * in one process. Not thread-safe: one thread owns a session; an interrupt may only fill a ring that this thread
 * empties.
 *
 * Time is a free-running uint32_t of milliseconds that may wrap at any moment.
 */
#ifndef STUB_SESSION_H
#define STUB_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stub/modem.h"
#include "stub/port.h"

#define STUB_NONCE_SIZE 8u
#define STUB_BOOT_ID_SIZE 8u
#define STUB_HASH_SIZE 32u
#define STUB_READABLE_MAX 8u
#define STUB_RANGES_MAX 8u
#define STUB_RATES_MAX 4u
#define STUB_FRAME_OVERHEAD 13u /* type, session, number, DATA's offset, check */

struct stub_range {
    uint32_t base;
    uint32_t length;
};

/* MCUboot's image version. */
struct stub_version {
    uint8_t major;
    uint8_t minor;
    uint16_t revision;
    uint32_t build;
};

/* What never changes while the board runs; WELCOME tells the host. Strings are ASCII, 32 characters at most. */
struct stub_identity {
    const char *board;                  /* "nrf9160dk_nrf9160_ns" */
    const char *unit;                   /* opaque unit id, NULL or "" if there is none */
    const char *software;               /* the stub's version */
    uint8_t image_hash[STUB_HASH_SIZE]; /* hash TLV of the running image */
    struct stub_version app_version;    /* from the running image's header */
    uint32_t running_at;                /* absolute address of that header, 0 if nobody knows */
    bool application_confirms;          /* the application confirms a new image itself, the host must not */
    bool memory_mapped;
    struct stub_range readable[STUB_READABLE_MAX]; /* absolute; length 0 ends the list */
};

/* The secondary slot. page_size is a power of two, 256 to 65536; size a multiple of it. */
struct stub_slot {
    uint32_t base;
    uint32_t size;
    uint32_t page_size;
    uint32_t image_offset; /* where the image starts in the slot: 0, or one page in swap-using-offset mode */
    uint32_t size_limit;   /* largest file that MCUboot will swap */
    uint8_t write_unit;    /* bytes, power of two, 1 to 32 */
    enum stub_swap_mode swap_mode;
};

/* How long the board is busy with a page, for the host's choice of what it sends; all 0 if it is not known. */
struct stub_work {
    uint32_t erase_us;
    uint32_t program_us;     /* a page with no 0xFF in it */
    uint16_t digest_ns;      /* a byte */
    uint16_t inflate_in_ns;  /* a byte of a deflate stream */
    uint16_t inflate_out_ns; /* a byte that comes out of it, on top */
};

/* Memory that the caller lends for the session's life. */
struct stub_memory {
    uint8_t *ring;       /* holds the stream until it is decoded; its size is the most credit that can be given */
    uint32_t ring_size;  /* bytes, power of two, at least two pages to keep the line busy during an erase */
    uint8_t *page;       /* slot.page_size bytes */
    uint8_t *frame;      /* one received frame; frame_size - STUB_FRAME_OVERHEAD is fragmentMax */
    uint16_t frame_size; /* bytes, at least 512 */
};

/* What is used most comes first: a Thumb instruction that reaches far is twice as long. */
struct stub_config {
    const struct stub_port *port;
    struct stub_slot slot;
    struct stub_memory memory;
    uint32_t line_capacity; /* wire bytes that the receive buffers surely hold while the CPU is gone for stall_max_ms */
    uint16_t stall_max_ms;  /* longest time without service, e.g. 90 for a page erase on nRF9160 */
    const struct stub_modem *modem;     /* NULL if there is none */
    uint8_t boot_id[STUB_BOOT_ID_SIZE]; /* fresh entropy at every start */
    uint32_t rates[STUB_RATES_MAX];     /* baud: first what the line starts at; 0 ends them, or there are none */
    struct stub_work work;
    struct stub_identity identity;
};

enum stub_event_type {
    STUB_EVENT_SESSION_OPENED,
    STUB_EVENT_UPLOAD_BEGUN,
    STUB_EVENT_PAGE_DURABLE, /* page */
    STUB_EVENT_VERIFIED,
    STUB_EVENT_MARKED,
    STUB_EVENT_CONFIRMED,
    STUB_EVENT_ABORTED,
    STUB_EVENT_FAILED, /* code, page */
    STUB_EVENT_RATE,   /* drain the line, then set it to stub_session_rate() */
    STUB_EVENT_RESET,  /* reset the board now: the REPLY has been handed out by transmit; drain the line first */
};

struct stub_event {
    enum stub_event_type type;
    uint8_t code; /* SPEC.md section 5 */
    uint16_t page;
};

/* What the line did to us, and how much the CPU had to do, for diagnostics. All may wrap. */
struct stub_counters {
    uint32_t frames;     /* good frames */
    uint32_t damaged;    /* chunks that were no frames */
    uint32_t malformed;  /* frames whose payload breaks the specification */
    uint32_t duplicates; /* DATA that was there already */
    uint32_t dropped;    /* DATA beyond credit, or more gaps than can be remembered */
    uint32_t digested;   /* bytes of pages, in flash and in RAM, for their digests */
    uint32_t hashed;     /* bytes of flash for VERIFY */
    uint32_t compared;   /* bytes of flash that were read to see whether they are blank, or what was programmed */
    uint32_t deflated;   /* bytes of deflate streams */
    uint32_t inflated;   /* bytes of pages that came out of them */
};

struct stub_session; /* sizes and fields are in stub/state.h, which only the session's owner needs for its storage */

/* Starts anew, as after a reset: no session, BOOTED waits to be transmitted. config is copied, its pointers are kept.
 */
void stub_session_init(struct stub_session *s, const struct stub_config *config, uint32_t now_ms);

/* Takes bytes from the line in any chunking. Never blocks and never touches flash. */
void stub_session_receive(struct stub_session *s, const uint8_t *bytes, size_t count, uint32_t now_ms);

/*
 * Does one step of work if there is any: at most one erase, or one slice of programming (256 bytes) or hashing (1 KiB),
 * so that the caller can serve the line in between. Call it again as long as stub_session_deadline() is due.
 */
void stub_session_tick(struct stub_session *s, uint32_t now_ms);

/* Writes what wants to go out, as far as there is room, and returns the count; may stop in the middle of a frame. */
size_t stub_session_transmit(struct stub_session *s, uint8_t *into, size_t capacity, uint32_t now_ms);

/*
 * True, and when in *at_ms, if stub_session_tick() has something to do, now or later. Due means
 * (int32_t)(now_ms - *at_ms) >= 0. The answer may change with every call of receive, tick and transmit.
 */
bool stub_session_deadline(const struct stub_session *s, uint32_t *at_ms);

/* Takes the next event; false if there is none. At most 8 wait; PAGE_DURABLE is merged when the queue is full. */
bool stub_session_poll(struct stub_session *s, struct stub_event *event);

/* The baud rate that the line is to have, 0 if the session does not know of any. */
uint32_t stub_session_rate(const struct stub_session *s);

/* The counters since init. */
struct stub_counters stub_session_counters(const struct stub_session *s);

#endif
