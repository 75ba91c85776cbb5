/*
 * A board under the glue: what include/ declares, done here in virtual time. The UART has two DMA buffers, a FIFO of
 * five bytes, and no interrupt while the CPU is gone in a flash operation; flash bits only clear, TF-M's part of slot 0
 * cannot be read, a page erase takes 87.5 ms. Everything that can go wrong is a field of struct fake.
 */
#ifndef TESTS_ZEPHYR_FAKES_H
#define TESTS_ZEPHYR_FAKES_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_FLASH_SIZE 0x100000u
#define FAKE_PAGE 4096u
#define FAKE_PRIMARY 0x10000u
#define FAKE_SECONDARY 0x88000u
#define FAKE_SLOT_SIZE 0x78000u
#define FAKE_TFM_FROM 0x10200u
#define FAKE_TFM_TO 0x18000u
#define FAKE_NEVER UINT64_MAX
#define FAKE_LINE_SIZE 65536u

struct fake_uart {
    uint32_t baud;
    bool flow_control;
    bool not_configurable;
    bool not_ready;
    bool cts_high; /* the far end does not let us send */
    bool knows_no_timeout;
    bool loops_back; /* what leaves comes back */
    bool refuses_buffers;
    bool refuses_enable;
    bool never_stops; /* uart_rx_disable() has no effect */
    bool keeps_count; /* UART_0_NRF_ASYNC_LOW_POWER is not set */
    uint32_t tail; /* bytes that still come, into the FIFO, before an error or uart_rx_disable() stops the receiver */

    /* what comes */
    uint8_t in[FAKE_LINE_SIZE];
    bool in_wrong[FAKE_LINE_SIZE]; /* has a framing error */
    size_t in_count;
    size_t in_taken;
    uint64_t in_ns; /* when the last byte has come */
    uint8_t *active;
    size_t active_size;
    size_t active_count;
    size_t active_told;
    uint8_t *next;
    size_t next_size;
    uint8_t *full; /* ended while nobody could be told */
    size_t full_count;
    size_t full_told;
    bool asks;        /* UART_RX_BUF_REQUEST is due */
    bool stops;       /* UART_RX_DISABLED is due */
    bool breaks;      /* UART_RX_STOPPED is due before it */
    uint64_t stop_ns; /* the receiver has stopped then */

    /* The driver's two counts: what the TIMER has seen, and what of it was told or is known to be in a buffer. */
    uint32_t counted;
    uint32_t accounted;
    uint64_t counted_ns; /* when counted last changed, or reception was started */
    int32_t idle_us;
    uint8_t told[FAKE_LINE_SIZE]; /* what UART_RX_RDY has told of */
    uint32_t told_count;
    uint64_t enabled_ns; /* when reception was last started */
    uint32_t lost;       /* bytes that found no buffer */

    /* what leaves */
    const uint8_t *out_buffer;
    size_t out_length;
    uint64_t out_ns; /* when it has left, or is given up */
    bool out_aborts;
    uint64_t left_ns; /* when something last got out */
    uint8_t out[FAKE_LINE_SIZE];
    size_t out_count;
};

struct fake_modem {
    bool initialized;
    int error;        /* what each call returns, but for those below */
    int offset_error; /* 17 or 5 while it erases */
    int write_error;
    int update_error;
    bool open;
    bool erased;
    bool scheduled;
    bool shut_down;
    size_t offset;
    size_t area;
    uint32_t writes;
    uint32_t closes;
    const char *version; /* the whole answer to AT+CGMR */
};

struct fake {
    uint64_t now_ns;
    uint64_t stop_ns; /* the thread is left then */
    jmp_buf stop;
    unsigned int locked;
    bool cpu_gone;
    bool in_interrupt;
    struct fake_uart uart;
    struct fake_modem modem;

    uint8_t flash[FAKE_FLASH_SIZE];
    uint32_t page_size;
    uint32_t operations; /* erases and programs so far */
    uint32_t fails_at;   /* the operation that returns -EIO, from 1 on; 0 none */
    uint32_t silent_at;  /* the operation that does nothing and returns 0 */
    bool reads_fail;
    bool mcuboot_fails;
    uint32_t forbidden; /* reads that a board would have answered by a fault */

    bool entropy_missing;
    bool crystal; /* is asked to run */
    uint32_t resets;
    bool watchdog_missing;
    uint64_t watchdog_ns; /* when it resets the board, FAKE_NEVER if it does not run */
    uint32_t watchdog_resets;
};

extern struct fake fake;

/* A board with a signed image of this many bytes in slot 0, version 1.2.3+4, confirmed. */
void fake_init(void);
/* The hash TLV of that image. */
void fake_image_hash(uint8_t hash[32]);
/* Bytes start to come over the line now, behind those that are on their way. */
void fake_feed(const uint8_t *bytes, size_t count);
/* The same as a receiver at another rate sees them: every so-manieth has a framing error. */
void fake_feed_wrong(const uint8_t *bytes, size_t count, unsigned every);
/* Time passes with the CPU free. */
void fake_pass_us(uint64_t us);
/* The board starts: the initialisations of SYS_INIT. */
void fake_boot(void);
/* Runs the thread that the glue has created until this much time has passed, or the board resets. */
void fake_run_us(uint64_t us);

#endif
