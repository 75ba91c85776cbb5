/*
 * One board in virtual time, driven over stdin and stdout: thousands of sessions in one process.
 *
 * A command is a line of words; every command is answered by exactly one line that starts with "ok" or "error", before
 * it `run`, `on` and `reset` print what happened. Commands may be sent ahead. Times are nanoseconds since the process
 * started its clock, decimal, and never go back within one board; numbers are decimal, addresses and bytes hexadecimal.
 *
 *   new [KEY=VALUE]...       a new board, off, flash blank, clock free to start at 0 again. Keys: pages (4..8 gives
 *                            small slots, default: layout B), layout=A|B, mode=move|offset, seed (1), baud (1000000),
 *                            ring (32768), timing=1|0, confirm=host|application, image=along|silent|hang,
 *                            wrap (session clock at power-on, ms, default 4294967195),
 *                            cpu (100: percent of what the CPU's work takes on an nRF9160),
 *                            rates (RATE,RATE..: offered beside baud, with which the board starts; three at most),
 *                            fault (RATE:WRONG:AFTER: so many of 10^9 bits arrive wrong at that rate, each way, when
 *                            AFTER bytes have passed at it; up to four times);
 *                            unit (none: the unit id, 32 characters at most);
 *                            modem=VERSION and what modem_options.h has: a board with a modem
 *   place SLOT OFFSET HEX    bytes straight into a slot's cells (0 or 1), without rules
 *   on TIME                  power on at that time: bootloader, application
 *   off                      power off at once
 *   reset TIME               the reset button
 *   line RATE                what the host's end of the line has from now on: bytes are garbled, both ways, while the
 *                            board's is another. 0, as after `new`: it goes with the board's
 *   rx TIME HEX              bytes arrive: the first is complete at TIME, the others follow at line rate, never before
 *                            those that came in earlier commands. Kept until `run` gets there
 *   run TIME                 the board lives until TIME. Prints, in any order between the two kinds, each by time:
 *                                tx TIME HEX        bytes that have left; the first was complete at TIME, the others
 *                                                   at line rate
 *                                event TIME NAME .. see print_event below
 *                            and answers `ok NEXT`: when `run` is next useful, or `never`
 *   cut COUNT [half]         power is cut before (half: in the middle of) the COUNTth flash operation from now, 1 = the
 *                            next. 0 takes it back. Afterwards the board is off, with its flash as it was
 *   modem                    `ok VERSION UUID offset=N dirty=B scheduled=B operations=N`: the modem's own truth
 *   cut-modem COUNT [behind] power is cut before the modem's COUNTth operation (erase, write, schedule, apply) from
 *                            now, or behind it, when it is done and not answered
 *   fail COUNT TIMES         flash operations COUNT.. from now report an error
 *   silent COUNT             flash operation COUNT from now reports success and does nothing
 *   stuck ADDRESS ZEROS ONES a word whose bits ZEROS always read 0 and ONES always 1 (masks)
 *   operations               `ok N`: flash operations so far (page erases and program calls)
 *   dump SLOT OFFSET COUNT   `ok HEX`
 *   status                   `ok STATE running=R slot=S version=V hash=HEX overruns=N`; R and S as in stub/port.h
 *   quit
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dk.h"
#include "dk_modem.h"
#include "modem_options.h"
#include "rate_fault.h"

#define ARRIVALS_MAX (1u << 17)
#define LINE_SIZE (2u * NVMC_SIZE + 4096u)
#define UNIT_MAX 32u
#define SERVICE_GAP_NS 200000u /* the CPU looks at what came in after this long at most */

struct arrival {
    uint64_t at_ns;
    uint32_t baud; /* of the sender, 0: the board's */
    uint8_t byte;
};

static struct {
    struct dk dk;
    uint8_t flash[NVMC_SIZE];
    struct dk_meta meta;
    struct modem_meta modem_meta;
    struct modem_words modem_words;
    uint32_t random;
    struct arrival arrivals[ARRIVALS_MAX];
    uint32_t first;
    uint32_t count;
    uint64_t last_arrival_ns;
    uint32_t host_baud; /* 0: the board's */
    uint32_t noise;
    struct rate_fault faults[RATE_FAULTS_MAX];
    char unit[UNIT_MAX + 1];
    char line[LINE_SIZE];
} world;

static void on_entropy(void *context, uint8_t *into, size_t count) {
    (void)context;
    for (size_t i = 0; i < count; i++) {
        world.random ^= world.random << 13;
        world.random ^= world.random >> 17;
        world.random ^= world.random << 5;
        into[i] = (uint8_t)(world.random >> 11);
    }
}

static struct dk_config default_config(void) {
    struct dk_config config;
    memset(&config, 0, sizeof config);
    config.layout = boot_layout_named('B');
    config.mode = BOOT_MOVE;
    config.baud = 1000000;
    config.timing = true;
    config.swap_divisor = 1;
    config.cpu_percent = 100;
    config.watchdog_ms = 2000;
    config.uptime_start_ms = UINT32_MAX - 100;
    config.entropy = on_entropy;
    config.modem = modem_defaults();
    return config;
}

static void set_image(struct dk_config *config, const char *value) {
    if (strcmp(value, "silent") == 0) {
        config->new_image = DK_SILENT;
    } else if (strcmp(value, "hang") == 0) {
        config->new_image = DK_HANGS;
    }
}

static bool set_rates(struct dk_config *config, const char *list) {
    for (unsigned i = 1; *list != '\0'; i++) {
        char *end;
        config->rates[i] = (uint32_t)strtoul(list, &end, 10);
        if (end == list || i + 1 >= STUB_RATES_MAX + (*end == '\0')) {
            return false;
        }
        list = *end == ',' ? end + 1 : end;
    }
    return true;
}

static bool set_option(struct dk_config *config, uint32_t *seed, const char *key, const char *value) {
    uint32_t number = (uint32_t)strtoul(value, NULL, 10);
    if (strcmp(key, "pages") == 0) {
        config->layout = boot_layout_small(number);
    } else if (strcmp(key, "layout") == 0) {
        config->layout = boot_layout_named(value[0]);
    } else if (strcmp(key, "mode") == 0) {
        config->mode = strcmp(value, "offset") == 0 ? BOOT_OFFSET : BOOT_MOVE;
    } else if (strcmp(key, "seed") == 0) {
        *seed = number != 0 ? number : 1;
    } else if (strcmp(key, "baud") == 0) {
        config->baud = number;
    } else if (strcmp(key, "ring") == 0) {
        config->ring_size = number <= DK_RING_SIZE ? number : DK_RING_SIZE;
    } else if (strcmp(key, "timing") == 0) {
        config->timing = number != 0;
    } else if (strcmp(key, "confirm") == 0) {
        config->new_image = strcmp(value, "application") == 0 ? DK_SELF_CONFIRMS : config->new_image;
    } else if (strcmp(key, "image") == 0) {
        set_image(config, value);
    } else if (strcmp(key, "wrap") == 0) {
        config->uptime_start_ms = number;
    } else if (strcmp(key, "cpu") == 0) {
        config->cpu_percent = number;
    } else if (strcmp(key, "rates") == 0) {
        return set_rates(config, value);
    } else if (strcmp(key, "unit") == 0) {
        snprintf(world.unit, sizeof world.unit, "%s", value);
        config->unit = world.unit;
    } else if (strcmp(key, "fault") == 0) {
        return rate_faults_add(world.faults, value);
    } else {
        return modem_option(&config->modem, &world.modem_words, key, value);
    }
    return true;
}

static const char *command_new(char *arguments) {
    struct dk_config config = default_config();
    uint32_t seed = 1;
    memset(world.faults, 0, sizeof world.faults);
    for (char *word = strtok(arguments, " "); word != NULL; word = strtok(NULL, " ")) {
        char *value = strchr(word, '=');
        if (value == NULL) {
            return "error KEY=VALUE expected";
        }
        *value++ = '\0';
        if (!set_option(&config, &seed, word, value)) {
            return "error unknown key";
        }
    }
    config.rates[0] = config.rates[1] != 0 ? config.baud : 0;
    memset(world.flash, 0xff, sizeof world.flash);
    memset(&world.meta, 0, sizeof world.meta);
    memset(&world.modem_meta, 0, sizeof world.modem_meta);
    world.random = seed * 2654435761u | 1u;
    world.count = 0;
    world.last_arrival_ns = 0;
    world.host_baud = 0;
    world.noise = seed;
    dk_init(&world.dk, &config, world.flash, &world.meta, seed);
    dk_modem_init(&world.dk, &world.modem_meta);
    return "ok";
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Decodes in place; returns the count, or -1. */
static long from_hex(char *hex) {
    long count = 0;
    for (char *at = hex; at[0] != '\0' && at[0] != ' '; at += 2) {
        int high = hex_digit(at[0]);
        int low = high < 0 ? -1 : hex_digit(at[1]);
        if (low < 0) {
            return -1;
        }
        ((uint8_t *)hex)[count++] = (uint8_t)(high << 4 | low);
    }
    return count;
}

static void print_hex(const uint8_t *bytes, size_t count) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        putchar(digits[bytes[i] >> 4]);
        putchar(digits[bytes[i] & 15]);
    }
}

static const char *command_place(char *arguments) {
    char *next;
    unsigned long slot = strtoul(arguments, &next, 10);
    unsigned long offset = strtoul(next, &next, 16);
    char *hex = next + strspn(next, " ");
    long count = from_hex(hex);
    const struct boot_layout *layout = &world.dk.config.layout;
    if (slot > 1 || count < 0 || offset > layout->slot_size || (unsigned long)count > layout->slot_size - offset) {
        return "error outside the slot";
    }
    nvmc_place(&world.dk.flash, (slot == 0 ? layout->primary : layout->secondary) + (uint32_t)offset, hex,
               (size_t)count);
    return "ok";
}

/*
 * booted VERSION HASH SWAP RESUMED REFUSED PAGES | unbootable | power-cut OPERATION | fault KIND ADDRESS | watchdog |
 * crash | modem WHAT..
 */
static void print_boot(const struct dk *dk) {
    const struct boot_report *report = &dk->report;
    if (!report->booted) {
        printf("unbootable\n");
        return;
    }
    printf("booted %u.%u.%u+%" PRIu32 " ", report->image.major, report->image.minor, report->image.revision,
           report->image.build);
    print_hex(dk->image_hash, sizeof dk->image_hash);
    printf(" %d %d %d %" PRIu32 "\n", (int)report->swap_type, report->resumed, report->refused || report->too_large,
           report->swapped_pages);
}

/*
 * And the stub's own with CODE PAGE: opened, begun, durable, verified, marked, confirmed, aborted, failed, reset; and
 * rate with the RATE that its line is to have.
 */
static void print_event(const struct dk_event *event) {
    static const char *const names[] = {"opened",    "begun",   "durable", "verified", "marked",
                                        "confirmed", "aborted", "failed",  "rate",     "reset"};
    printf("event %" PRIu64 " ", event->at_ns);
    switch (event->type) {
    case DK_EVENT_STUB:
        if (event->stub.type == STUB_EVENT_RATE) {
            printf("rate %" PRIu32 "\n", stub_session_rate(&world.dk.session));
            break;
        }
        printf("%s %u %u\n", names[event->stub.type], event->stub.code, event->stub.page);
        break;
    case DK_EVENT_BOOTED:
        print_boot(&world.dk);
        break;
    case DK_EVENT_POWER_CUT:
        printf("power-cut %" PRIu64 "\n", world.dk.flash.operations);
        break;
    case DK_EVENT_FAULT:
        printf("fault %d %" PRIx32 "\n", (int)event->fault, event->address);
        break;
    case DK_EVENT_MODEM:
        printf("modem %s\n", event->what);
        break;
    case DK_EVENT_CRASH:
        printf("crash\n");
        break;
    case DK_EVENT_WATCHDOG:
    default:
        printf("watchdog\n");
        break;
    }
}

static void print_events(void) {
    struct dk_event event;
    while (dk_poll(&world.dk, &event)) {
        print_event(&event);
    }
}

/* What the line makes of a byte on its way from one end to the other; a rate of 0 is the other end's. */
static uint8_t carried(uint8_t byte, uint32_t sent_at, uint32_t received_at) {
    if (uarte_mismatch(sent_at, received_at)) {
        return uarte_garble(byte, &world.noise);
    }
    return rate_faults_apply(world.faults, sent_at != 0 ? sent_at : received_at, byte);
}

static void print_sent(uint64_t now_ns) {
    uint8_t bytes[UARTE_OUT_MAX];
    struct uarte_out out;
    uint64_t first_ns = 0;
    uint64_t last_ns = 0;
    size_t count = 0;
    bool more = true;
    while (more) {
        more = uarte_left(&world.dk.uarte, now_ns, &out);
        bool gap = more && count > 0 && out.left_ns - last_ns > world.dk.uarte.byte_ns;
        if (count > 0 && (!more || gap || count == sizeof bytes)) {
            printf("tx %" PRIu64 " ", first_ns);
            print_hex(bytes, count);
            putchar('\n');
            count = 0;
        }
        if (more) {
            first_ns = count == 0 ? out.left_ns : first_ns;
            last_ns = out.left_ns;
            bytes[count++] = carried(out.byte, out.baud, world.host_baud);
        }
    }
}

static const char *command_on(char *arguments) {
    world.count = 0;
    world.last_arrival_ns = 0; /* what was still on the line is gone, and holds nothing up */
    dk_power_on(&world.dk, strtoull(arguments, NULL, 10));
    print_events();
    return "ok";
}

static const char *command_off(char *arguments) {
    (void)arguments;
    dk_power_off(&world.dk);
    return "ok";
}

static const char *command_line(char *arguments) {
    world.host_baud = (uint32_t)strtoul(arguments, NULL, 10);
    return "ok";
}

static const char *command_rx(char *arguments) {
    char *next;
    uint64_t at_ns = strtoull(arguments, &next, 10);
    char *hex = next + strspn(next, " ");
    long count = from_hex(hex);
    uint32_t baud = world.host_baud != 0 ? world.host_baud : dk_baud(&world.dk);
    uint64_t byte_ns = world.dk.config.timing ? UINT64_C(10000000000) / baud : 0;
    if (count < 0 || (unsigned long)count > ARRIVALS_MAX - world.count) {
        return "error bytes";
    }
    for (long i = 0; i < count; i++) {
        uint64_t earliest = world.last_arrival_ns + (world.last_arrival_ns == 0 ? 0 : byte_ns);
        at_ns = at_ns < earliest ? earliest : at_ns;
        world.arrivals[(world.first + world.count++) % ARRIVALS_MAX] =
            (struct arrival){at_ns, world.host_baud, ((uint8_t *)hex)[i]};
        world.last_arrival_ns = at_ns;
        at_ns += byte_ns;
    }
    return "ok";
}

static void deliver_until(uint64_t to_ns) {
    while (world.count > 0 && world.arrivals[world.first].at_ns <= to_ns) {
        const struct arrival *arrival = &world.arrivals[world.first];
        dk_receive(&world.dk, carried(arrival->byte, arrival->baud, dk_baud(&world.dk)));
        world.first = (world.first + 1) % ARRIVALS_MAX;
        world.count--;
    }
}

/* When the CPU should next look: at its own plans, or soon after a byte has come, but not before it is free. */
static uint64_t next_look(uint64_t limit_ns) {
    uint64_t next = dk_next(&world.dk);
    if (world.count > 0) {
        uint64_t heard = world.arrivals[world.first].at_ns + SERVICE_GAP_NS;
        heard = heard < world.dk.cpu_ns ? world.dk.cpu_ns : heard;
        next = heard < next ? heard : next;
    }
    return next < limit_ns ? next : limit_ns;
}

static void print_next(void) {
    uint64_t next = dk_next(&world.dk);
    if (world.count > 0) {
        uint64_t heard = world.arrivals[world.first].at_ns;
        next = heard < next ? heard : next;
    }
    if (world.dk.uarte.on && world.dk.uarte.out_count > 0 && world.dk.uarte.out_free_ns < next) {
        next = world.dk.uarte.out_free_ns;
    }
    if (next == DK_NEVER) {
        printf("ok never\n");
    } else {
        printf("ok %" PRIu64 "\n", next);
    }
}

static const char *command_run(char *arguments) {
    uint64_t to_ns = strtoull(arguments, NULL, 10);
    uint64_t at_ns;
    do {
        at_ns = next_look(to_ns);
        deliver_until(at_ns);
        dk_run(&world.dk, at_ns);
        print_events();
        print_sent(at_ns);
    } while (at_ns < to_ns);
    while (dk_next(&world.dk) <= to_ns) {
        dk_run(&world.dk, to_ns);
        print_events();
        print_sent(to_ns);
    }
    print_next();
    return NULL;
}

static const char *command_cut(char *arguments) {
    char *next;
    uint64_t count = strtoull(arguments, &next, 10);
    world.dk.flash.plan.cut_at = count == 0 ? 0 : world.dk.flash.operations + count;
    world.dk.flash.plan.cut_halfway = strstr(next, "half") != NULL;
    return "ok";
}

static const char *command_modem(char *arguments) {
    const struct modem_meta *modem = &world.modem_meta;
    (void)arguments;
    printf("ok %s %.36s offset=%" PRIu32 " dirty=%d scheduled=%d operations=%" PRIu64 "\n", modem->version, modem->uuid,
           modem->offset, modem->dirty, modem->scheduled, world.dk.modem.operations);
    return NULL;
}

static const char *command_cut_modem(char *arguments) {
    char *next;
    world.dk.modem.cut_at = world.dk.modem.operations + strtoull(arguments, &next, 10);
    world.dk.modem.cut_behind = strstr(next, "behind") != NULL;
    return "ok";
}

static const char *command_fail(char *arguments) {
    char *next;
    world.dk.flash.plan.fail_from = world.dk.flash.operations + strtoull(arguments, &next, 10);
    world.dk.flash.plan.fail_count = (uint32_t)strtoul(next, NULL, 10);
    return "ok";
}

static const char *command_silent(char *arguments) {
    world.dk.flash.plan.silent_at = world.dk.flash.operations + strtoull(arguments, NULL, 10);
    return "ok";
}

static const char *command_stuck(char *arguments) {
    char *next;
    world.dk.flash.plan.stuck_word = (uint32_t)strtoul(arguments, &next, 16);
    world.dk.flash.plan.stuck_zeros = (uint32_t)strtoul(next, &next, 16);
    world.dk.flash.plan.stuck_ones = (uint32_t)strtoul(next, NULL, 16);
    return "ok";
}

static const char *command_operations(char *arguments) {
    (void)arguments;
    printf("ok %" PRIu64 "\n", world.dk.flash.operations);
    return NULL;
}

static const char *command_dump(char *arguments) {
    char *next;
    unsigned long slot = strtoul(arguments, &next, 10);
    unsigned long offset = strtoul(next, &next, 16);
    unsigned long count = strtoul(next, NULL, 10);
    const struct boot_layout *layout = &world.dk.config.layout;
    if (slot > 1 || offset > layout->slot_size || count > layout->slot_size - offset) {
        return "error outside the slot";
    }
    printf("ok ");
    print_hex(world.flash + (slot == 0 ? layout->primary : layout->secondary) + offset, count);
    putchar('\n');
    return NULL;
}

static const char *command_status(char *arguments) {
    static const char *const names[] = {"off", "running", "silent", "hung", "unbootable"};
    struct stub_boot_state state = dk_boot_state(&world.dk);
    const struct boot_image *image = &world.dk.report.image;
    (void)arguments;
    printf("ok %s running=%d slot=%d version=%u.%u.%u+%" PRIu32 " hash=", names[world.dk.state], (int)state.running,
           (int)state.slot, image->major, image->minor, image->revision, image->build);
    print_hex(world.dk.image_hash, sizeof world.dk.image_hash);
    printf(" overruns=%" PRIu64 "\n", world.dk.uarte.overruns);
    return NULL;
}

static const char *perform(const char *word, char *arguments) {
    static const struct {
        const char *word;
        const char *(*perform)(char *arguments);
    } commands[] = {{"new", command_new},     {"place", command_place},
                    {"on", command_on},       {"off", command_off},
                    {"reset", command_on},    {"rx", command_rx},
                    {"run", command_run},     {"cut", command_cut},
                    {"fail", command_fail},   {"silent", command_silent},
                    {"stuck", command_stuck}, {"operations", command_operations},
                    {"dump", command_dump},   {"status", command_status},
                    {"modem", command_modem}, {"cut-modem", command_cut_modem},
                    {"line", command_line}};
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].word, word) == 0) {
            return commands[i].perform(arguments);
        }
    }
    return "error unknown command";
}

int main(void) {
    static char empty[] = "";
    static char output[1 << 16];
    setvbuf(stdout, output, _IOFBF, sizeof output);
    command_new(empty);
    while (fgets(world.line, sizeof world.line, stdin) != NULL) {
        world.line[strcspn(world.line, "\r\n")] = '\0';
        char *space = strchr(world.line, ' ');
        char *arguments = space == NULL ? world.line + strlen(world.line) : space + 1;
        if (space != NULL) {
            *space = '\0';
        }
        if (strcmp(world.line, "quit") == 0) {
            break;
        }
        const char *answer = perform(world.line, arguments);
        if (answer != NULL) {
            puts(answer);
        }
        fflush(stdout);
    }
    return 0;
}
