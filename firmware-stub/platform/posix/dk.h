/*
 * One virtual nRF9160 DK: flash, bootloader, UART and CPU around the stub's core, in the time that its caller tells it
 * (nanoseconds). Read this file first. main.c runs it on a pty in real time, lockstep.c in virtual time.
 *
 * The CPU: one thing at a time. Receiving, hashing and checking cost what virtual/cpu_cost.h says; during an erase or a
 * program it is gone (dk_config.stall is told), and only the UART's DMA goes on. What the board runs is what lies in
 * slot 0: an image without the marker DKLINK-STUB-V001 has no stub and answers nothing.
 */
#ifndef POSIX_DK_H
#define POSIX_DK_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stub/session.h"
#include "stub/state.h"

#include "../virtual/boot.h"
#include "../virtual/modem.h"
#include "uarte.h"

#define DK_NEVER UINT64_MAX
#define DK_RING_SIZE 32768u
#define DK_FRAME_SIZE (4096u + STUB_FRAME_OVERHEAD)
#define DK_EVENTS_MAX 64u

/* How an image behaves that came by an update; the factory's image always plays along. */
enum dk_new_image {
    DK_PLAYS_ALONG,
    DK_SILENT,        /* boots, prints, never answers */
    DK_HANGS,         /* hangs; the watchdog resets, so that MCUboot reverts */
    DK_SELF_CONFIRMS, /* the application confirms itself, and the stub says so */
    DK_CRASHES,       /* crashes as soon as it runs, which resets */
    DK_STUCK          /* as DK_SELF_CONFIRMS, but the application hangs before it confirms; its stub answers */
};

struct dk_config {
    struct boot_layout layout;
    enum boot_mode mode;
    boot_verify *verify; /* NULL: the bootloader checks the hash only */
    void *verify_context;
    uint32_t baud;                  /* that the line starts at */
    uint32_t rates[STUB_RATES_MAX]; /* that are offered, baud first; 0 ends them, or there are none */
    uint32_t ring_size;             /* of the stream's ring; 0: DK_RING_SIZE */
    bool timing;                    /* false: nothing takes time */
    uint32_t swap_divisor;          /* MCUboot's flash operations take that many times less; 1 = real */
    uint32_t cpu_percent;           /* what the CPU's work takes: 100 is virtual/cpu_cost.h, 0 nothing */
    enum dk_new_image new_image;
    uint32_t watchdog_ms;     /* of the board's watchdog; 0: it has none */
    uint32_t uptime_start_ms; /* the session's clock at power-on, to put its wrap where a test wants it */
    const char *unit;
    struct modem_config modem;
    void *context; /* for the two callbacks */
    void (*entropy)(void *context, uint8_t *into, size_t count);
    /* Real time only: the CPU is gone until then; serve the line meanwhile, come back at that time. May be NULL. */
    void (*stall)(void *context, uint64_t until_ns);
};

/* Kept beside the flash contents over process ends. */
struct dk_meta {
    struct nvmc_meta flash;
    uint32_t factory_known;
    uint8_t factory_hash[BOOT_SHA256_SIZE];
};

enum dk_state { DK_OFF, DK_RUNNING, DK_SAYS_NOTHING, DK_HUNG, DK_UNBOOTABLE };

enum dk_event_type {
    DK_EVENT_STUB,      /* stub: what the session reported */
    DK_EVENT_BOOTED,    /* a boot ended: boot */
    DK_EVENT_POWER_CUT, /* the planned one; the board is off */
    DK_EVENT_FAULT,     /* a flash rule was broken: fault, address; the board resets as a SecureFault would */
    DK_EVENT_WATCHDOG,
    DK_EVENT_CRASH, /* of the image; the board resets */
    DK_EVENT_MODEM  /* what */
};

struct dk_event {
    enum dk_event_type type;
    uint64_t at_ns;
    struct stub_event stub;
    enum nvmc_fault_kind fault;
    uint32_t address;
    const char *what;
};

struct dk {
    struct dk_config config;
    struct dk_meta *meta;
    struct nvmc flash;
    struct boot boot;
    struct boot_report report; /* of the last boot */
    uint8_t image_hash[BOOT_SHA256_SIZE];
    bool from_update; /* what runs is not the factory's image */
    struct uarte uarte;
    struct stub_session session;
    struct stub_port port;
    struct modem modem;
    struct stub_modem modem_port;
    uint8_t ring[DK_RING_SIZE];
    uint8_t page[NVMC_PAGE];
    uint8_t frame[DK_FRAME_SIZE];
    enum dk_state state;
    uint64_t cpu_ns;   /* the CPU is busy until then */
    uint64_t start_ns; /* when the application started */
    uint64_t reset_ns; /* a reset is due, or DK_NEVER */
    uint64_t rate_ns;  /* the line changes its rate, or DK_NEVER */
    uint64_t confirm_ns;
    uint64_t watchdog_ns; /* the watchdog resets then, if nobody feeds it; DK_NEVER: it does not run */
    bool crashes;
    bool faulted;
    bool more;                 /* work was left because the CPU is busy */
    struct stub_counters paid; /* the core's work that has been spent already */
    bool booting;
    jmp_buf power;
    struct dk_event events[DK_EVENTS_MAX];
    uint32_t event_first;
    uint32_t event_count;
};

/* Off, with this flash (NVMC_SIZE bytes) and meta. config is copied. A modem comes by dk_modem_init(). */
void dk_init(struct dk *dk, const struct dk_config *config, uint8_t *flash, struct dk_meta *meta, uint32_t seed);

/* A line about the modem, for the log. */
void dk_tell_modem(struct dk *dk, const char *what);

/* Power on, or reset: RAM is lost, the bootloader runs, the application starts. */
void dk_power_on(struct dk *dk, uint64_t now_ns);
void dk_power_off(struct dk *dk);

/* A byte arrives at the RX pin. */
void dk_receive(struct dk *dk, uint8_t byte);

/* Lets the CPU work up to now. */
void dk_run(struct dk *dk, uint64_t now_ns);

/* When dk_run has something to do next; a byte that arrives makes it due at once. DK_NEVER when nothing is planned. */
uint64_t dk_next(const struct dk *dk);

/* The rate that its line has now. */
uint32_t dk_baud(const struct dk *dk);

/* Takes the next event; false if there is none. When more than DK_EVENTS_MAX wait the newest are lost. */
bool dk_poll(struct dk *dk, struct dk_event *event);

/* What the port's boot_state answers; for reports. */
struct stub_boot_state dk_boot_state(struct dk *dk);

#endif
