/* The command line of the virtual board. */
#ifndef POSIX_OPTIONS_H
#define POSIX_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "dk.h"
#include "pty_line.h"

struct options {
    const char *link;    /* NULL: no symbolic link */
    const char *flash;   /* required */
    const char *factory; /* NULL: what the flash file holds */
    const char *boot_key;
    const char *rates; /* NULL: what goes with the rate at the start */
    struct pty_line_quality line;
    struct dk_config board; /* without callbacks and boot key */
    uint64_t cut_at;        /* flash operation at which power is cut, 0 = none */
    bool cut_halfway;
    bool reboot_after_cut;
    uint64_t fail_at; /* flash operation that reports an error */
    uint64_t silent_at;
    uint32_t stuck_at; /* address of a word that always reads as erased, 0 = none */
    uint32_t seed;     /* of the flash's weak cells; 0 = from the flash file */
};

/*
 * Once in a process. Reads the command line. Prints what is wrong, or the help, and ends the process when there is
 * nothing to run.
 */
struct options options_read(int argc, char **argv);

#endif
