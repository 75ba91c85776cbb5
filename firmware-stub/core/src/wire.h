/* The numbers of protocol/SPEC.md. */
#ifndef STUB_WIRE_H
#define STUB_WIRE_H

#define STUB_PROTOCOL_VERSION 1u

#define STUB_BODY_HEADER 5u /* type, session, number */
#define STUB_BODY_CHECK 4u
#define STUB_BODY_MIN (STUB_BODY_HEADER + STUB_BODY_CHECK)
#define STUB_BODY_MAX (STUB_BODY_MIN + 4u + 4096u)

#define STUB_DIGEST_SIZE 8u
#define STUB_DIGESTS_MAX 30u
#define STUB_STRING_MAX 32u
#define STUB_NO_SESSION_INTERVAL_MS 50u

#define STUB_FROM_STUB 0x80u /* types with this bit are the stub's own */

enum stub_type {
    STUB_HELLO = 0x01,
    STUB_PING = 0x02,
    STUB_GET_DIGESTS = 0x03,
    STUB_BEGIN = 0x04,
    STUB_DATA = 0x05,
    STUB_VERIFY = 0x06,
    STUB_MARK = 0x07,
    STUB_RESET = 0x08,
    STUB_CONFIRM = 0x09,
    STUB_ABORT = 0x0A,
    STUB_RATE = 0x10,
    STUB_PROBE = 0x11,
    STUB_MODEM = 0x20,

    STUB_WELCOME = 0x81,
    STUB_STATUS = 0x82,
    STUB_DIGESTS = 0x83,
    STUB_REPLY = 0x84,
    STUB_NO_SESSION = 0x85,
    STUB_BOOTED = 0x86,
    STUB_PROBED = 0x91,
};

enum stub_item {
    STUB_ITEM_VERSIONS = 0x01,
    STUB_ITEM_FEATURES = 0x02,
    STUB_ITEM_BOARD = 0x03,
    STUB_ITEM_UNIT = 0x04,
    STUB_ITEM_SOFTWARE = 0x05,
    STUB_ITEM_APP_VERSION = 0x06,
    STUB_ITEM_RUNNING = 0x07,
    STUB_ITEM_SLOT = 0x08,
    STUB_ITEM_LINK = 0x09,
    STUB_ITEM_READABLE = 0x0A,
    STUB_ITEM_CONFIRMS = 0x0B,
    STUB_ITEM_MEMORY_MAPPED = 0x0C,
    STUB_ITEM_RATES = 0x0D,
    STUB_ITEM_RUNNING_AT = 0x0E,
    STUB_ITEM_WORK = 0x0F,
    STUB_ITEM_MODEM = 0x10,
    STUB_ITEM_MODEM_VERSION = 0x11,
};

/* The longest WELCOME: version, nonce, boot id, then the items in the order above, each behind its type and length. */
#define STUB_ITEM_MAX(length) (2u + (length))
#define STUB_WELCOME_MAX                                                                                               \
    (1u + STUB_NONCE_SIZE + STUB_BOOT_ID_SIZE + STUB_ITEM_MAX(2) + STUB_ITEM_MAX(4) +                                  \
     3u * STUB_ITEM_MAX(STUB_STRING_MAX) + STUB_ITEM_MAX(8) + STUB_ITEM_MAX(33) + STUB_ITEM_MAX(23) +                  \
     STUB_ITEM_MAX(12) + STUB_ITEM_MAX(8 * STUB_READABLE_MAX) + STUB_ITEM_MAX(1) + STUB_ITEM_MAX(1) +                  \
     STUB_ITEM_MAX(4 * STUB_RATES_MAX) + STUB_ITEM_MAX(4) + STUB_ITEM_MAX(14) +                                        \
     STUB_ITEM_MAX(16 + STUB_MODEM_UUID_SIZE) + STUB_ITEM_MAX(STUB_STRING_MAX))

enum stub_code {
    STUB_OK = 0,
    STUB_BUSY = 1,
    STUB_UNSUPPORTED = 2,
    STUB_MALFORMED = 3,
    STUB_STATE = 4,
    STUB_BOOT_ID = 5,
    STUB_RANGE = 6,
    STUB_ON_TRIAL = 7,
    STUB_TOO_LARGE = 8,
    STUB_ERASE_FAILED = 9,
    STUB_PROGRAM_FAILED = 10,
    STUB_READ_FAILED = 11,
    STUB_MISMATCH = 12,
    STUB_BOOT_FAILED = 13,
    STUB_IMAGE_HASH = 14,
    STUB_MODEM_REFUSED = 15,
};

enum stub_state {
    STUB_READY = 0,
    STUB_RECEIVING = 1,
    STUB_VERIFIED = 2,
    STUB_MARKED = 3,
    STUB_FAILED = 4,
    STUB_ENDED = 5,
    STUB_RESETTING = 6,
};

#define STUB_BEGIN_ERASE_TRAILER 0x01u
#define STUB_BEGIN_NOT_PENDING 0x02u
#define STUB_BEGIN_FLAGS_KNOWN (STUB_BEGIN_ERASE_TRAILER | STUB_BEGIN_NOT_PENDING)

enum stub_modem_operation {
    STUB_MODEM_OPEN = 0,
    STUB_MODEM_ERASE = 1,
    STUB_MODEM_WRITE = 2,
    STUB_MODEM_SCHEDULE = 3,
};

#define STUB_RECORD_HEADER 14u /* kind, flags, page, length, digest */
#define STUB_RECORD_RAW 0u
#define STUB_RECORD_BLANK 1u
#define STUB_RECORD_DEFLATE 2u
#define STUB_RECORD_DEFLATE_DICTIONARY 3u
#define STUB_RECORD_FORCE_ERASE 0x01u

#define STUB_SEGMENTS_MAX 4u
#define STUB_SEGMENT_SIZE 6u /* address, length */

#define STUB_PROBES_MAX 32u
#define STUB_PROBED_FILL 64u
#define STUB_RATE_TRIAL_MS 500u
#define STUB_RATE_SILENCE_MS 3000u

#define STUB_FEATURE_DEFLATE 0x01u
#define STUB_FEATURE_DICTIONARY 0x02u
#define STUB_FEATURE_RATES 0x04u
#define STUB_FEATURE_MODEM 0x08u

#endif
