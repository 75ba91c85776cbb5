#include "options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "modem_options.h"
#include "owner.h"

#define EXIT_USAGE 2
#define DEFAULT_BAUD 115200u
#define MAX_BAUD 1000000u

/* Beside the rate at the start. */
#define OFFERED_RATES "1000000,460800,230400"

static const char help[] =
    "usage: stub --flash FILE [option]...\n"
    "One virtual nRF9160 DK on a pty. Prints one JSON line when it can be used, its log on stderr; ends on SIGTERM;\n"
    "SIGUSR1 is its reset button.\n"
    "  --flash FILE          1 MiB of flash contents, made if missing; FILE.meta beside it\n"
    "  --link PATH           symbolic link to the pty, replaced if it is there, removed at the end\n"
    "  --factory IMAGE       goes to slot 0 when the flash is blank\n"
    "  --timing nrf9160|none flash, line and CPU take their time (default), or none\n"
    "  --baud N              the board's rate at its start, from 1200 (115200); a host at another one reads garbage\n"
    "  --rates LIST          what it offers beside that: none, or up to three with commas between (those of a DK, if\n"
    "                        it starts at 115200; else none)\n"
    "  --rate-fault RATE:N[:AFTER]   so many of 10^9 bits arrive wrong at this rate, each way, when AFTER bytes have\n"
    "                        passed; up to four times\n"
    "  --latency-us N        of the line, each way (0), 50000 at most\n"
    "  --wrong-bits N        so many of 10^9 bits arrive wrong, each way (0)\n"
    "  --usb-frames yes|no   the line's USB bridge hands bytes on once a millisecond (no)\n"
    "  --layout A|B          slots of 0x78000 or 0x70000 (B)\n"
    "  --swap move|offset    MCUboot's swap mode (move)\n"
    "  --swap-time real|short MCUboot's swap takes its real time (default) or a fiftieth\n"
    "  --boot-key PEM        the bootloader's public key: updates must be signed with it\n"
    "  --new-image WHAT      images that come by update: along (default), silent, hang, self-confirm, crash; stuck is\n"
    "                        self-confirm with an application that hangs before it confirms, while its stub answers\n"
    "  --watchdog-ms N       until an image that hangs, or an application that is stuck, is reset (2000)\n"
    "  --unit-id TEXT        opaque unit id, 32 characters at most\n"
    "  --cpu-percent N       what the CPU's work takes, of an nRF9160's (100); 0: nothing\n"
    "  --cut-at N, --cut-in N        power cut before, or in the middle of, flash operation N after the start\n"
    "  --after-cut exit|reboot       then end with exit code 75 (default), or start again after half a second\n"
    "  --fail-at N, --silent-at N    flash operation N reports an error, or reports success and does nothing\n"
    "  --stuck-at ADDRESS    the flash's word there reads as erased, whatever is written to it\n"
    "  --modem VERSION       the board has a modem; the firmware that a new one runs\n"
    "  --modem-uuid UUID     of that firmware, 36 characters (made from the version)\n"
    "  --modem-area blank|dirty, --modem-area-size N   of a new modem (blank, 294912 bytes)\n"
    "  --modem-erase-ms N    how long an erase takes (6500; a busy modem's 20000); 0 never ends, as with LTE\n"
    "  --modem-apply-ms N    how long an update takes at the next start (40000)\n"
    "  --modem-fault CALL:CODE[:TIMES] what open, erase, write or schedule answers, always or so often: 23 supply low\n"
    "  --modem-cut-at N      power cut before the modem's Nth operation (erase, write, schedule, apply); see "
    "--after-cut\n"
    "  --modem-result WHAT   how updates end: ok, none (carried out, nobody says so), internal, hardware, auth, uuid,\n"
    "                        voltage-low, voltage-low-once\n"
    "  --seed N              of the weak cells that a power cut leaves\n"
    "  --owned               ends at once, as if killed, when standard input (a pipe) ends; while it is open,\n"
    "                        c there cuts the line, and j joins it\n";

static void usage(const char *option, const char *value) {
    fprintf(stderr, "dk: %s: %s is not possible; --help shows what is\n", option, value == NULL ? "this" : value);
    exit(EXIT_USAGE);
}

static uint64_t number(const char *option, const char *value, uint64_t low, uint64_t high) {
    char *end;
    unsigned long long parsed = strtoull(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || parsed < low || parsed > high) {
        usage(option, value);
    }
    return parsed;
}

/* Index of value among the choices, which end with NULL. */
static unsigned choice(const char *option, const char *value, const char *const *choices) {
    for (unsigned i = 0; choices[i] != NULL; i++) {
        if (strcmp(choices[i], value) == 0) {
            return i;
        }
    }
    usage(option, value);
    return 0;
}

static void set_choice(struct options *options, const char *name, const char *value) {
    static const char *const timings[] = {"none", "nrf9160", NULL};
    static const char *const layouts[] = {"A", "B", NULL};
    static const char *const swaps[] = {"move", "offset", NULL};
    static const char *const times[] = {"real", "short", NULL};
    static const char *const images[] = {"along", "silent", "hang", "self-confirm", "crash", "stuck", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const endings[] = {"exit", "reboot", NULL};
    struct dk_config *board = &options->board;
    if (strcmp(name, "timing") == 0) {
        board->timing = choice(name, value, timings) == 1;
    } else if (strcmp(name, "layout") == 0) {
        board->layout = boot_layout_named(choice(name, value, layouts) == 0 ? 'A' : 'B');
    } else if (strcmp(name, "swap") == 0) {
        board->mode = (enum boot_mode)choice(name, value, swaps);
    } else if (strcmp(name, "swap-time") == 0) {
        board->swap_divisor = choice(name, value, times) == 0 ? 1 : 50;
    } else if (strcmp(name, "usb-frames") == 0) {
        options->line.usb_frame_ns = choice(name, value, answers) == 0 ? 1000000u : 0;
    } else if (strcmp(name, "new-image") == 0) {
        board->new_image = (enum dk_new_image)choice(name, value, images);
    } else {
        options->reboot_after_cut = choice(name, value, endings) == 1;
    }
}

static void set_number(struct options *options, const char *name, const char *value) {
    struct dk_config *board = &options->board;
    if (strcmp(name, "baud") == 0) {
        board->baud = (uint32_t)number(name, value, 1200, MAX_BAUD);
    } else if (strcmp(name, "latency-us") == 0) {
        options->line.latency_ns = number(name, value, 0, 50000) * 1000u;
    } else if (strcmp(name, "wrong-bits") == 0) {
        options->line.wrong_bits = uarte_share_of_bits((uint32_t)number(name, value, 0, 1000000000));
    } else if (strcmp(name, "watchdog-ms") == 0) {
        board->watchdog_ms = (uint32_t)number(name, value, 1, 600000);
    } else if (strcmp(name, "cpu-percent") == 0) {
        board->cpu_percent = (uint32_t)number(name, value, 0, 10000);
    } else if (strcmp(name, "fail-at") == 0) {
        options->fail_at = number(name, value, 1, UINT32_MAX);
    } else if (strcmp(name, "silent-at") == 0) {
        options->silent_at = number(name, value, 1, UINT32_MAX);
    } else if (strcmp(name, "stuck-at") == 0) {
        options->stuck_at = (uint32_t)number(name, value, 1, UINT32_MAX);
    } else if (strcmp(name, "seed") == 0) {
        options->seed = (uint32_t)number(name, value, 1, UINT32_MAX);
    } else {
        options->cut_at = number(name, value, 1, UINT32_MAX);
        options->cut_halfway = strcmp(name, "cut-in") == 0;
    }
}

static void set_text(struct options *options, const char *name, const char *value) {
    if (strcmp(name, "link") == 0) {
        options->link = value;
    } else if (strcmp(name, "flash") == 0) {
        options->flash = value;
    } else if (strcmp(name, "factory") == 0) {
        options->factory = value;
    } else if (strcmp(name, "boot-key") == 0) {
        options->boot_key = value;
    } else if (strcmp(name, "rates") == 0) {
        options->rates = value;
    } else if (strcmp(name, "rate-fault") == 0) {
        if (!rate_faults_add(options->line.faults, value)) {
            usage(name, value);
        }
    } else {
        if (strlen(value) > 32 ||
            strspn(value, "\x20\x21\x23\x24\x25\x26'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]"
                          "^_`abcdefghijklmnopqrstuvwxyz{|}~") != strlen(value)) {
            usage(name, value);
        }
        options->board.unit = value;
    }
}

static struct options defaults(void) {
    struct options options;
    memset(&options, 0, sizeof options);
    options.board.layout = boot_layout_named('B');
    options.board.mode = BOOT_MOVE;
    options.board.baud = DEFAULT_BAUD;
    options.board.timing = true;
    options.board.swap_divisor = 1;
    options.board.cpu_percent = 100;
    options.board.watchdog_ms = 2000;
    options.board.unit = "";
    options.board.modem = modem_defaults();
    return options;
}

enum kind { TEXT, NUMBER, CHOICE, MODEM, OWNED, HELP };

static const struct option known[] = {{"link", 1, NULL, TEXT},
                                      {"flash", 1, NULL, TEXT},
                                      {"factory", 1, NULL, TEXT},
                                      {"boot-key", 1, NULL, TEXT},
                                      {"unit-id", 1, NULL, TEXT},
                                      {"rates", 1, NULL, TEXT},
                                      {"rate-fault", 1, NULL, TEXT},
                                      {"timing", 1, NULL, CHOICE},
                                      {"layout", 1, NULL, CHOICE},
                                      {"swap", 1, NULL, CHOICE},
                                      {"swap-time", 1, NULL, CHOICE},
                                      {"new-image", 1, NULL, CHOICE},
                                      {"usb-frames", 1, NULL, CHOICE},
                                      {"after-cut", 1, NULL, CHOICE},
                                      {"baud", 1, NULL, NUMBER},
                                      {"latency-us", 1, NULL, NUMBER},
                                      {"wrong-bits", 1, NULL, NUMBER},
                                      {"watchdog-ms", 1, NULL, NUMBER},
                                      {"cpu-percent", 1, NULL, NUMBER},
                                      {"cut-at", 1, NULL, NUMBER},
                                      {"cut-in", 1, NULL, NUMBER},
                                      {"fail-at", 1, NULL, NUMBER},
                                      {"silent-at", 1, NULL, NUMBER},
                                      {"stuck-at", 1, NULL, NUMBER},
                                      {"seed", 1, NULL, NUMBER},
                                      {"modem", 1, NULL, MODEM},
                                      {"modem-uuid", 1, NULL, MODEM},
                                      {"modem-area", 1, NULL, MODEM},
                                      {"modem-area-size", 1, NULL, MODEM},
                                      {"modem-erase-ms", 1, NULL, MODEM},
                                      {"modem-apply-ms", 1, NULL, MODEM},
                                      {"modem-fault", 1, NULL, MODEM},
                                      {"modem-cut-at", 1, NULL, MODEM},
                                      {"modem-result", 1, NULL, MODEM},
                                      {"owned", 0, NULL, OWNED},
                                      {"help", 0, NULL, HELP},
                                      {NULL, 0, NULL, 0}};

/* What is offered begins with the rate at the start; a board that can do one only offers none. */
static void set_rates(struct options *options) {
    const char *list = options->rates != NULL                ? options->rates
                       : options->board.baud == DEFAULT_BAUD ? OFFERED_RATES
                                                             : "none";
    uint32_t *rates = options->board.rates;
    if (strcmp(list, "none") == 0) {
        return;
    }
    rates[0] = options->board.baud;
    for (unsigned i = 1; *list != '\0'; i++) {
        char *end;
        unsigned long rate = strtoul(list, &end, 10);
        if (i == STUB_RATES_MAX || *list < '0' || *list > '9' || rate < 1200 || rate > MAX_BAUD ||
            (*end != ',' && *end != '\0')) {
            usage("rates", options->rates);
        }
        rates[i] = (uint32_t)rate;
        list = *end == ',' ? end + 1 : end;
    }
}

struct options options_read(int argc, char **argv) {
    static struct modem_words modem_words;
    struct options options = defaults();
    int index = 0;
    int kind;
    while ((kind = getopt_long(argc, argv, "", known, &index)) != -1) {
        switch (kind) {
        case TEXT:
            set_text(&options, known[index].name, optarg);
            break;
        case NUMBER:
            set_number(&options, known[index].name, optarg);
            break;
        case CHOICE:
            set_choice(&options, known[index].name, optarg);
            break;
        case MODEM:
            if (!modem_option(&options.board.modem, &modem_words, known[index].name, optarg)) {
                usage(known[index].name, optarg);
            }
            break;
        case OWNED:
            owner_watch();
            break;
        case HELP:
            fputs(help, stdout);
            exit(0);
        default:
            exit(EXIT_USAGE);
        }
    }
    if (options.flash == NULL || optind != argc) {
        usage(options.flash == NULL ? "--flash FILE is needed" : argv[optind], NULL);
    }
    set_rates(&options);
    return options;
}
