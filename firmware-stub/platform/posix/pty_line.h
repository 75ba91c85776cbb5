/*
 * A serial line on a pty: paced at the board's rate in both directions, garbled when the receiver's rate is not the
 * sender's; if wanted, with latency, single wrong bits, and a USB bridge that hands bytes on once a millisecond.
 */
#ifndef POSIX_PTY_LINE_H
#define POSIX_PTY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rate_fault.h"
#include "uarte.h"

/* What a line does to bytes besides its rate; all zero is nothing. */
struct pty_line_quality {
    uint64_t latency_ns;   /* each way */
    uint32_t wrong_bits;   /* of 2^32 data bits */
    uint64_t usb_frame_ns; /* bytes are handed on at multiples of it */
    struct rate_fault faults[RATE_FAULTS_MAX];
};

#define PTY_LINE_WAITING 8192u /* bytes of one direction on their way: 80 ms at 1 Mbaud */

struct pty_line_bytes {
    struct uarte_out queue[PTY_LINE_WAITING]; /* by the time of their arrival */
    uint32_t first;
    uint32_t count;
    uint32_t random; /* decides which bits are wrong */
};

struct pty_line {
    int master;
    int slave; /* kept open, so that the host may close and open again */
    char path[128];
    uint32_t baud; /* the board's, which its owner keeps up to date */
    bool paced;
    bool cut; /* every byte of both directions is lost */
    struct pty_line_quality quality;
    struct pty_line_bytes in;  /* towards the board */
    struct pty_line_bytes out; /* towards the host; pty_line_send's only */
    uint64_t wire_free_ns;     /* when the last byte towards the board has left the host's side */
    uint32_t noise;
};

/* On failure says why on stderr and returns false. */
bool pty_line_open(struct pty_line *line, uint32_t baud, bool paced);

/* Makes link a symbolic link to the pty, at once in place of what is there (only if that is a link too). */
bool pty_line_link(const struct pty_line *line, const char *link);

/* Removes the link if it still leads to this pty; NULL is no link. */
void pty_line_unlink(const struct pty_line *line, const char *link);

/* Cuts or joins the line. What is on its way is lost when it is cut. */
void pty_line_cut(struct pty_line *line, bool cut);

/* Moves what the host has written towards the board; bytes that are complete by now go to receive. */
void pty_line_pump(struct pty_line *line, uint64_t now_ns, void (*receive)(void *context, uint8_t byte), void *context);

/* When the next byte will arrive, on either side; UINT64_MAX when none is on its way. */
uint64_t pty_line_next(const struct pty_line *line);

/* A byte leaves the board at that time, and goes to the host with pty_line_flush when it has arrived. */
void pty_line_send(struct pty_line *line, struct uarte_out out);
void pty_line_flush(struct pty_line *line, uint64_t now_ns);

/* True when the line takes more bytes from the pty by now. */
bool pty_line_listens(const struct pty_line *line, uint64_t now_ns);

/* Hands bytes to the host at once; what its side has no room for is lost, as it is on a real line. */
void pty_line_write(struct pty_line *line, uint8_t *bytes, size_t count);

#endif
