/* A serial line on a pty: paced at the board's rate in both directions, garbled when the host's rate is another one. */
#ifndef POSIX_PTY_LINE_H
#define POSIX_PTY_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "uarte.h"

struct pty_line {
    int master;
    int slave; /* kept open, so that the host may close and open again */
    char path[128];
    uint32_t baud;
    bool paced;
    uint8_t in[1024]; /* read from the pty, still on the wire */
    size_t in_first;
    size_t in_count;
    uint64_t in_next_ns; /* when the next of them is complete */
    uint32_t noise;
};

/* On failure says why on stderr and returns false. */
bool pty_line_open(struct pty_line *line, uint32_t baud, bool paced);

/* Makes link a symbolic link to the pty, at once in place of what is there (only if that is a link too). */
bool pty_line_link(const struct pty_line *line, const char *link);

/* Removes the link if it still leads to this pty; NULL is no link. */
void pty_line_unlink(const struct pty_line *line, const char *link);

/* Moves what the host has written towards the board; bytes that are complete by now go to receive. */
void pty_line_pump(struct pty_line *line, uint64_t now_ns, void (*receive)(void *context, uint8_t byte), void *context);

/* When the next byte will be complete; UINT64_MAX when none is on its way. */
uint64_t pty_line_next(const struct pty_line *line);

/* Hands bytes to the host; what its side has no room for is lost, as it is on a real line. */
void pty_line_write(struct pty_line *line, uint8_t *bytes, size_t count);

#endif
