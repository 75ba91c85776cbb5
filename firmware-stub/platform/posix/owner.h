/* A board that somebody else's process owns goes when that process goes, however that ends. */
#ifndef POSIX_OWNER_H
#define POSIX_OWNER_H

#include <stdbool.h>

/*
 * From now on the end of standard input (a pipe that the owner holds) ends this process at once, as SIGKILL would.
 * Bytes that the owner writes are its hands: c cuts the line, j joins it again; others mean nothing.
 */
void owner_watch(void);

/* True while the owner has cut the line. */
bool owner_cuts_line(void);

#endif
