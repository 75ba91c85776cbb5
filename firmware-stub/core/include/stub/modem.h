/*
 * What a platform with a modem provides to the core, so that a modem delta can be handed to the modem: the calls of
 * nrf_modem_delta_dfu, one for one. A platform without a modem leaves stub_config.modem NULL, or builds the core with
 * STUB_WITHOUT_MODEM, which leaves the code out too.
 *
 * All calls come from the thread that calls stub_session_tick(), and may block for as long as the modem library does (a
 * hiccup of some 100 ms is fine, the erase and the update itself are not). They return 0, a positive code of the modem
 * (enum stub_modem_code, but whatever it is, the host is told), or a negative errno of the modem library; the core
 * knows none of them and tells the host.
 */
#ifndef STUB_MODEM_H
#define STUB_MODEM_H

#include <stddef.h>
#include <stdint.h>

#define STUB_MODEM_UUID_SIZE 36u
#define STUB_MODEM_VERSION_SIZE 33u            /* with its terminator */
#define STUB_MODEM_OFFSET_DIRTY 0x280000u      /* the area holds something else, and must be erased first */
#define STUB_MODEM_RESULT_OK 0x05500001u       /* the new firmware runs */
#define STUB_MODEM_RESULT_INTERNAL 0x04400001u /* the modem will not start any more */
#define STUB_MODEM_RESULT_HARDWARE 0x04400002u
#define STUB_MODEM_RESULT_AUTH 0x04400003u /* the old firmware runs */
#define STUB_MODEM_RESULT_UUID 0x04400004u
#define STUB_MODEM_RESULT_VOLTAGE_LOW 0x04400005u /* not carried out, tried again at the next start */

/* The modem's own codes, as nrf_modem_delta_dfu has them. */
enum stub_modem_code {
    STUB_MODEM_NO_MEMORY = 1,
    STUB_MODEM_BLOCK_TOO_LARGE = 2,
    STUB_MODEM_INVALID_HEADER = 3,
    STUB_MODEM_INVALID_DATA = 5,
    STUB_MODEM_INVALID_UUID = 9,
    STUB_MODEM_INVALID_ADDRESS = 10,
    STUB_MODEM_AREA_NOT_BLANK = 11,
    STUB_MODEM_WRITE_FAILED = 12,
    STUB_MODEM_ERASE_FAILED = 13,
    STUB_MODEM_INVALID_FILE_OFFSET = 14,
    STUB_MODEM_PROGRESS_LOG = 15,
    STUB_MODEM_INVALID_RESUME = 16,
    STUB_MODEM_ERASE_PENDING = 17,
    STUB_MODEM_NOT_ALLOWED = 18,
    STUB_MODEM_INCOMPLETE = 19,
    STUB_MODEM_INTERRUPTED = 20,
    STUB_MODEM_INVALID_OPERATION = 21,
    STUB_MODEM_POWER_FAIL = 23,
};

/* What WELCOME tells of the modem. */
struct stub_modem_state {
    int32_t error;      /* why the modem could not be asked (17 while it erases); the rest but result is then 0 */
    uint32_t result;    /* of the update that the modem carried out when it was last initialised, 0 if there was none */
    uint32_t area_size; /* bytes: the largest delta that fits */
    uint32_t offset;    /* as from offset() */
    char uuid[STUB_MODEM_UUID_SIZE];       /* of the firmware that runs; no terminator */
    char version[STUB_MODEM_VERSION_SIZE]; /* AT+CGMR, "" if it is not known */
};

struct stub_modem {
    void *context; /* handed to every call */

    /* Asks for everything that WELCOME tells, at every HELLO. state is zeroed before. */
    void (*look)(void *context, struct stub_modem_state *state);
    /* How much of a delta the modem has for good: nrf_modem_delta_dfu_offset(). Legal while a write is open. */
    int32_t (*offset)(void *context, uint32_t *offset);
    /* Starts the erase of the area and returns at once; offset() says when it is over. */
    int32_t (*erase)(void *context);
    /* Appends bytes, in the file's order; opens the write if it is not open (write_init; "already" is success). */
    int32_t (*write)(void *context, const void *bytes, size_t count);
    /* Closes the write if one is open (write_done): the next one goes on at offset(). */
    int32_t (*close)(void *context);
    /* Schedules the update for the modem's next initialisation (update); the write is closed. */
    int32_t (*schedule)(void *context);
};

#endif
