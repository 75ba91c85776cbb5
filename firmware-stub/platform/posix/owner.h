/* A board that somebody else's process owns goes when that process goes, however that ends. */
#ifndef POSIX_OWNER_H
#define POSIX_OWNER_H

/* From now on the end of standard input (a pipe that the owner holds) ends this process at once, as SIGKILL would. */
void owner_watch(void);

#endif
