/*
 * The memory of one session. Only its owner needs this header, for the storage; the fields are the core's, and nobody
 * else reads or writes them. The session is self-contained but for the pointers in its config, and may not be moved
 * while in use.
 */
#ifndef STUB_STATE_H
#define STUB_STATE_H

#include "stub/session.h"

#define STUB_EVENTS_MAX 8u
#define STUB_TRANSMIT_SIZE 452u /* wire bytes of the longest message, WELCOME; checked in transmit.c */
#define STUB_DIGESTS_SIZE 240u  /* 30 digests of 8 bytes */
#define STUB_FIELDS_MAX 69u     /* of the longest request, BEGIN, without its tag */

struct stub_sha256 {
    uint32_t h[8];
    uint32_t count; /* bytes taken so far */
    uint8_t block[64];
};

struct stub_siphash {
    uint32_t v[4];
    uint32_t count; /* bytes taken so far */
};

/* One chunk on its way in, decoded into body as it comes. */
struct stub_frame_receiver {
    uint8_t *body;
    uint16_t size;      /* of body */
    uint16_t count;     /* decoded so far */
    uint8_t block_left; /* bytes to come in this COBS block */
    bool zero_owed;     /* the block before ends in a zero, unless it was the last */
    bool begun;         /* the chunk is not empty */
    bool overflow;
    bool ended; /* the next byte starts a new chunk */
};

struct stub_reply {
    uint8_t tag;
    uint8_t request;
    uint8_t code;
    uint32_t detail;
};

/* What waits to be sent, one flag for each and the most urgent first: a newer one takes an older's place. */
enum stub_out {
    STUB_OUT_BOOTED,
    STUB_OUT_NO_SESSION,
    STUB_OUT_IN_SESSION, /* from here on it ends with the session */
    STUB_OUT_WELCOME = STUB_OUT_IN_SESSION,
    STUB_OUT_DIGESTS, /* the request's batch */
    STUB_OUT_REPLY,   /* answered */
    STUB_OUT_REFUSAL, /* refused */
    STUB_OUT_PROBED,
    STUB_OUT_STATUS,
    STUB_OUTBOX,
};

/* The frame that is being handed out. */
struct stub_transmitter {
    uint8_t wire[STUB_TRANSMIT_SIZE];
    uint16_t length;
    uint16_t sent;
    uint16_t number;
    bool ends_in_reset; /* it is the OK of RESET */
    bool ends_in_rate;  /* it is the OK of RATE, after which the line changes */
};

/* The line's rate; SPEC.md section 10. */
struct stub_rate {
    uint32_t now;
    uint32_t next;        /* from the OK of RATE until it has left; 0 if none */
    bool on_trial;        /* not committed */
    uint32_t heard_at_ms; /* the last good frame */
    uint32_t probes;      /* a bit for each that came at this rate */
};

struct stub_events {
    struct stub_event queue[STUB_EVENTS_MAX];
    uint8_t first;
    uint8_t count;
};

/* The request that is being worked on; type 0 is none. */
struct stub_request {
    uint8_t type;
    uint8_t tag;
    uint8_t step;
    uint8_t fields[STUB_FIELDS_MAX]; /* as they came; where each lies is in message.h */
    uint16_t count;                  /* MODEM: bytes in the ring */
    uint16_t page;                   /* GET_DIGESTS: next to hash */
    uint16_t pages_left;
    uint16_t batch_first;
    uint8_t batch_count;
    uint8_t batch[STUB_DIGESTS_SIZE];
    bool blank;       /* GET_DIGESTS: the page under way is */
    bool knows_blank; /* blank_digest is that of a blank page under this nonce */
    uint8_t blank_digest[8];
    uint32_t hashed;         /* bytes of the page or image so far */
    struct stub_siphash sip; /* GET_DIGESTS */
    struct stub_sha256 sha;  /* VERIFY */
};

struct stub_stretch {
    uint32_t start;
    uint32_t end;
};

/* What BEGIN opened: the image, and the positions in the stream. */
struct stub_upload {
    uint32_t image_size;
    uint32_t page_count;
    uint8_t file_sha256[STUB_HASH_SIZE];
    bool slot_pending; /* the image is pending already: the first record makes the slot harmless before it writes */

    /*
     * stream:  0 ----- consumed ======= received ---- [stretch] -- [stretch] ---- credit
     *                  |<------ in the ring, at offset % ring_size ------------>|
     */
    uint32_t consumed; /* decoded into the page buffer */
    uint32_t received;
    uint32_t credit;                                  /* never goes back */
    uint32_t credit_told;                             /* in the last STATUS */
    uint32_t parked;                                  /* bytes that came out of order; see plant.h */
    struct stub_stretch stretch[STUB_RANGES_MAX + 1]; /* ascending, apart; one more than is kept, while one is added */
    uint8_t stretch_count;

    uint16_t durable;
    uint16_t refused;
    uint8_t code; /* why it FAILED, and where */
    uint16_t page;
};

enum stub_record_step {
    STUB_RECORD_AWAITED, /* header not yet whole */
    STUB_RECORD_FILLING, /* its bytes come into the page buffer, as they are or when all of them are in the ring */
    STUB_RECORD_HASHING,
    STUB_RECORD_CHECKING, /* is the page blank? */
    STUB_RECORD_ERASING,
    STUB_RECORD_PROGRAMMING,
};

/* The record under way, from its header until it is durable or refused. */
struct stub_record {
    enum stub_record_step step;
    uint16_t page;
    uint8_t kind;
    uint8_t flags;
    uint32_t length; /* bytes in the stream behind the header */
    uint32_t done;   /* bytes filled, hashed or programmed */
    uint8_t digest[8];
    struct stub_siphash sip;
};

/*
 * What the core looks at most comes first: a Thumb instruction of two bytes reaches bytes up to 31 and words up to 127,
 * anything behind takes four. All from state to config, and from nonce on, is forgotten at the next HELLO, and so is
 * what waits to be sent in the session.
 */
struct stub_session {
    bool outbox[STUB_OUTBOX];
    uint8_t state; /* SPEC.md section 7 */
    bool open;
    bool greeting; /* HELLO is to be answered */
    bool greeted;  /* it has been, once */
    uint8_t version;
    bool has_answered;
    bool record_turn;     /* a record's step is due before the request's */
    uint16_t id;          /* the nonce's first two bytes */
    uint16_t last_number; /* of the newest good frame */
    uint16_t erased;      /* pages */
    uint32_t unreported;  /* wire bytes of good frames since the last STATUS */
    uint32_t modem_next;  /* 1 + where the open write to the modem goes on, 0 if none is open */
    struct stub_record record;

    /* for life */
    struct stub_config config;
    const char *marker; /* keeps the marker in every image that links the core */
    uint32_t now_ms;
    struct stub_counters counters;
    bool strayed;   /* a NO_SESSION has been sent, at: */
    uint16_t stray; /* the session that it names */
    uint32_t no_session_at_ms;
    struct stub_frame_receiver receiver;
    struct stub_transmitter transmitter;
    struct stub_events events;
    struct stub_rate rate;
    struct stub_boot_state boot; /* as asked for the last WELCOME */
    struct stub_modem_state modem;

    uint8_t nonce[STUB_NONCE_SIZE];
    struct stub_reply answered;
    struct stub_reply refused; /* BUSY, UNSUPPORTED, MALFORMED: not remembered */
    struct stub_request request;
    struct stub_upload upload;
};

#endif
