/*
 * A host that knows SPEC.md section 6.1: it plans from digests alone, and remembers how its last session ended.
 */
#ifndef STUB_TESTS_POWER_HOST_SIDE_H
#define STUB_TESTS_POWER_HOST_SIDE_H

#include "world.h"

/* What a host keeps of its last session. */
struct memory {
    bool knows;                    /* it lived through that session's end; else it is a new one that knows nothing */
    bool unclean;                  /* it ended in the middle */
    bool durable[WORLD_PAGES_MAX]; /* pages that it saw durable in it */
};

/* How a session ended for the host. */
struct ending {
    uint8_t request; /* whose REPLY was not OK; DATA for STATUS FAILED; 0 if all went well */
    uint8_t code;
    bool marked;    /* MARK was answered OK */
    bool reset;     /* RESET was answered OK, and the board wants to */
    bool confirmed; /* the new image runs and is confirmed */
};

/* One session, from HELLO until nothing is left to do or something failed. Power may go at any flash operation. */
struct ending host_side_session(struct world *w, struct memory *memory);

#endif
