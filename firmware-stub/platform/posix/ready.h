/* The line on stdout that says that the board can be used. */
#ifndef POSIX_READY_H
#define POSIX_READY_H

#include "options.h"

/* One JSON line: type READY, link (the pty where no link was asked for), pty, flash. */
void ready_print(const struct options *options, const char *pty);

#endif
