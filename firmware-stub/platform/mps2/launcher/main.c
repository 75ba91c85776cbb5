/*
 * The virtual DK on QEMU as a process: same command line, files, pty and READY line as posix's stub, but the board is
 * stub.elf on a Cortex-M33. Read this file first, then machine.c (QEMU), overlay.c (its flash) and relay.c (its line).
 *
 * Exit codes: 0 SIGTERM or SIGINT, 2 usage, 3 a file or the pty cannot be had, 4 QEMU cannot be started or has ended.
 * SIGUSR1 is the board's reset button.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "../../posix/flash_file.h"
#include "../../posix/options.h"
#include "../../posix/pty_line.h"
#include "../../posix/ready.h"
#include "machine.h"
#include "relay.h"

#define EXIT_USAGE 2
#define EXIT_CANNOT 3
#define EXIT_QEMU 4

static volatile sig_atomic_t stop_asked;
static volatile sig_atomic_t relay_ends;

static void on_signal(int number) {
    relay_ends = 1;
    if (number != SIGUSR1) {
        stop_asked = 1;
    }
}

/* Signals come only while the relay waits, so that none is missed. */
static void catch_signals(void) {
    static const int numbers[] = {SIGTERM, SIGINT, SIGUSR1};
    struct sigaction action;
    sigset_t blocked;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigaction(numbers[i], &action, NULL);
        sigaddset(&blocked, numbers[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void refuse(bool asked, const char *option) {
    if (asked) {
        fprintf(stderr, "mps2: %s is for posix only\n", option);
        exit(EXIT_USAGE);
    }
}

static struct parameters parameters_of(const struct options *options) {
    const struct dk_config *board = &options->board;
    struct parameters parameters;
    memset(&parameters, 0, sizeof parameters);
    parameters.magic = PARAMETERS_MAGIC;
    if (getrandom(parameters.seed, sizeof parameters.seed, 0) != (ssize_t)sizeof parameters.seed) {
        abort();
    }
    parameters.flash_seed = options->seed;
    parameters.baud = board->baud;
    parameters.timing = board->timing;
    parameters.swap_divisor = board->swap_divisor;
    parameters.primary = board->layout.primary;
    parameters.secondary = board->layout.secondary;
    parameters.slot_size = board->layout.slot_size;
    parameters.protected_from = board->layout.protected_from;
    parameters.protected_to = board->layout.protected_to;
    parameters.mode = board->mode;
    parameters.new_image = board->new_image;
    parameters.watchdog_ms = board->watchdog_ms;
    parameters.fail_at = (uint32_t)options->fail_at;
    parameters.silent_at = (uint32_t)options->silent_at;
    snprintf(parameters.unit, sizeof parameters.unit, "%s", board->unit);
    return parameters;
}

/* stub.elf and overlay.so lie beside this program. */
static char *beside(const char *name) {
    static char path[2][4096];
    static unsigned used;
    char *into = path[used++];
    ssize_t length = readlink("/proc/self/exe", into, sizeof path[0] - 32);
    char *slash = length > 0 ? memrchr(into, '/', (size_t)length) : NULL;
    strcpy(slash == NULL ? into : slash + 1, name);
    return into;
}

/* Runs the board until a signal; a new start of the machine is a reset. Exit code. */
static int live(const struct options *options, struct machine_parts *parts, struct pty_line *line) {
    for (bool ready = false; !stop_asked; ready = true) {
        struct machine machine;
        struct parameters parameters = parameters_of(options);
        if (!machine_start(&machine, parts, &parameters)) {
            return EXIT_QEMU;
        }
        if (!ready) {
            ready_print(options, line->path);
        }
        relay_ends = 0;
        bool asked = relay_run(line, machine.line, &relay_ends);
        machine_stop(&machine);
        if (!asked) {
            fprintf(stderr, "mps2: QEMU has ended\n");
            return EXIT_QEMU;
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    struct flash_file flash;
    struct pty_line line;
    struct options options = options_read(argc, argv);
    refuse(options.boot_key != NULL, "--boot-key");
    refuse(options.cut_at != 0, "--cut-at");
    refuse(options.board.modem.version != NULL, "--modem");
    refuse(options.rates != NULL, "--rates");
    if (!flash_file_open(&flash, options.flash) ||
        (flash.blank && options.factory != NULL &&
         !flash_file_program(&flash, &options.board.layout, options.factory))) {
        return EXIT_CANNOT;
    }
    struct machine_parts parts = {beside("stub.elf"), beside("overlay.so"), options.flash};
    catch_signals();
    if (!pty_line_open(&line, options.board.baud, options.board.timing) ||
        (options.link != NULL && !pty_line_link(&line, options.link))) {
        return EXIT_CANNOT;
    }
    int code = live(&options, &parts, &line);
    pty_line_unlink(&line, options.link);
    return code;
}
