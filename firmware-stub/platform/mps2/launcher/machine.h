/* One QEMU with the stub in it. */
#ifndef MPS2_MACHINE_H
#define MPS2_MACHINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "../parameters.h"

struct machine {
    pid_t pid;
    int line; /* UART 0, both directions, non-blocking */
};

/* What to run. */
struct machine_parts {
    const char *program; /* stub.elf */
    const char *overlay; /* overlay.so */
    const char *flash;   /* the file that is the flash; FILE.meta is beside it */
};

/* Starts QEMU, which ends when the caller's process does, however that ends. False with a sentence on stderr. */
bool machine_start(struct machine *machine, const struct machine_parts *parts, const struct parameters *parameters);

/* Ends QEMU. */
void machine_stop(const struct machine *machine);

#endif
