/*
 * The virtual nRF9160 DK as a process: its UART is a pty, its flash a file. options.c says what can be chosen.
 *
 * Everything happens in real time: while the CPU of the board is gone in a flash operation, stall() goes on moving
 * bytes between the pty and the UART's DMA at line rate. Killed at any moment, the flash file is what a power cut
 * leaves. Exit codes: 0 SIGTERM or SIGINT, 2 usage, 3 the flash file, the key or the pty cannot be had, 75 the planned
 * power cut.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "dk.h"
#include "dk_modem.h"
#include "flash_file.h"
#include "options.h"
#include "owner.h"
#include "pty_line.h"
#include "ready.h"
#include "signature.h"

#define EXIT_CANNOT 3
#define EXIT_POWER_CUT 75
#define TURN_NS 500000u     /* the loop looks at the line that often while bytes move */
#define SLEEP_NS 100000000u /* and that often when nothing moves */
#define OFF_NS UINT64_C(500000000)

static volatile sig_atomic_t stop_asked;
static volatile sig_atomic_t reset_asked;

struct bench {
    struct options options;
    struct flash_file flash;
    struct pty_line line;
    struct dk dk;
};

static void on_signal(int number) {
    if (number == SIGUSR1) {
        reset_asked = 1;
    } else {
        stop_asked = 1;
    }
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void on_entropy(void *context, uint8_t *into, size_t count) {
    (void)context;
    if (getrandom(into, count, 0) != (ssize_t)count) {
        abort();
    }
}

static void leave(struct bench *bench, int code) {
    pty_line_unlink(&bench->line, bench->options.link);
    exit(code);
}

static void on_byte(void *context, uint8_t byte) {
    struct bench *bench = context;
    dk_receive(&bench->dk, byte);
}

static void obey_owner(struct bench *bench) {
    bool cut = owner_cuts_line();
    if (cut != bench->line.cut) {
        pty_line_cut(&bench->line, cut);
        fprintf(stderr, "dk: line %s\n", cut ? "cut" : "joined");
    }
}

/* Both directions of the line up to now. */
static void serve_line(struct bench *bench, uint64_t now) {
    struct uarte_out out;
    obey_owner(bench);
    bench->line.baud = dk_baud(&bench->dk);
    pty_line_pump(&bench->line, now, on_byte, bench);
    while (uarte_left(&bench->dk.uarte, now, &out)) {
        pty_line_send(&bench->line, out);
    }
    pty_line_flush(&bench->line, now);
}

/* Waits for the pty or until then. */
static void wait_until(struct bench *bench, uint64_t until) {
    struct pollfd pollfd = {bench->line.master, POLLIN, 0};
    uint64_t now = now_ns();
    uint64_t left = until > now ? until - now : 0;
    left = left < SLEEP_NS ? left : SLEEP_NS;
    struct timespec timeout = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
    ppoll(&pollfd, pty_line_listens(&bench->line, now) ? 1 : 0, &timeout, NULL);
}

/* Next time at which a byte is worth moving; several at a time, so that 1 Mbaud does not mean 100 000 turns a second.
 */
static uint64_t line_next(const struct bench *bench, uint64_t now) {
    bool moving = pty_line_next(&bench->line) != UINT64_MAX || bench->dk.uarte.out_count > 0;
    return moving ? now + TURN_NS : UINT64_MAX;
}

static void stall(void *context, uint64_t until) {
    struct bench *bench = context;
    uint64_t now = now_ns();
    while (now < until) {
        if (stop_asked) {
            leave(bench, 0);
        }
        uint64_t next = line_next(bench, now);
        wait_until(bench, next < until ? next : until);
        now = now_ns();
        serve_line(bench, now < until ? now : until);
    }
}

static void log_boot(const struct dk *dk) {
    static const char *const swaps[] = {"?", "no swap", "test swap", "permanent swap", "revert", "failed"};
    const struct boot_report *report = &dk->report;
    if (!report->booted) {
        fprintf(stderr, "dk: MCUboot found nothing to boot\n");
        return;
    }
    char pages[32] = "";
    if (report->swapped_pages > 0) {
        snprintf(pages, sizeof pages, " of %" PRIu32 " pages", report->swapped_pages);
    }
    fprintf(stderr, "dk: booted %u.%u.%u+%" PRIu32 ", %s%s%s%s%s\n", report->image.major, report->image.minor,
            report->image.revision, report->image.build, swaps[report->swap_type], pages,
            report->resumed ? ", taken up again" : "", report->refused ? ", slot 1 refused and erased" : "",
            report->too_large ? ", slot 1 too large" : "");
    if (dk->state != DK_RUNNING) {
        fprintf(stderr, "dk: this image %s\n", dk->state == DK_HUNG ? "hangs" : "does not answer DK Link");
    }
}

static void log_stub(const struct bench *bench, const struct stub_event *event) {
    static const char *const names[] = {"session opened", "upload begun", "page durable", "verified", "marked",
                                        "confirmed",      "aborted",      "failed",       "rate",     "reset"};
    if (event->type == STUB_EVENT_RATE) {
        fprintf(stderr, "dk: %" PRIu32 " baud\n", stub_session_rate(&bench->dk.session));
    } else if (event->type != STUB_EVENT_PAGE_DURABLE) {
        fprintf(stderr, "dk: %s", names[event->type]);
        fprintf(stderr, event->type == STUB_EVENT_FAILED ? ", code %u, page %u\n" : "\n", event->code, event->page);
    }
}

static void after_power_cut(struct bench *bench) {
    fprintf(stderr, "dk: power cut at flash operation %" PRIu64 "\n", bench->dk.flash.operations);
    if (!bench->options.reboot_after_cut) {
        leave(bench, EXIT_POWER_CUT);
    }
    stall(bench, now_ns() + OFF_NS);
    dk_power_on(&bench->dk, now_ns());
}

static void handle_events(struct bench *bench) {
    struct dk_event event;
    while (dk_poll(&bench->dk, &event)) {
        switch (event.type) {
        case DK_EVENT_STUB:
            log_stub(bench, &event.stub);
            break;
        case DK_EVENT_BOOTED:
            log_boot(&bench->dk);
            break;
        case DK_EVENT_POWER_CUT:
            after_power_cut(bench);
            break;
        case DK_EVENT_FAULT:
            fprintf(stderr, "dk: flash rule %d broken at 0x%" PRIx32 ", reset\n", (int)event.fault, event.address);
            break;
        case DK_EVENT_MODEM:
            fprintf(stderr, "dk: modem %s\n", event.what);
            break;
        case DK_EVENT_CRASH:
            fprintf(stderr, "dk: this image crashes\n");
            break;
        case DK_EVENT_WATCHDOG:
        default:
            fprintf(stderr, "dk: watchdog reset\n");
            break;
        }
    }
}

static void live(struct bench *bench) {
    dk_power_on(&bench->dk, now_ns());
    while (!stop_asked) {
        uint64_t now = now_ns();
        if (reset_asked) {
            reset_asked = 0;
            dk_power_on(&bench->dk, now);
        }
        serve_line(bench, now);
        dk_run(&bench->dk, now);
        handle_events(bench);
        now = now_ns();
        serve_line(bench, now);
        uint64_t next = dk_next(&bench->dk);
        uint64_t moved = line_next(bench, now);
        wait_until(bench, next < moved ? next : moved);
    }
    leave(bench, 0);
}

static void catch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void prepare_board(struct bench *bench) {
    struct options *options = &bench->options;
    options->board.context = bench;
    options->board.entropy = on_entropy;
    options->board.stall = stall;
    if (options->boot_key != NULL) {
        options->board.verify = boot_key_verify;
        options->board.verify_context = boot_key_load(options->boot_key);
        if (options->board.verify_context == NULL) {
            fprintf(stderr, "dk: %s: no EC P-256, RSA 2048 or 3072, or Ed25519 key in PEM form\n", options->boot_key);
            exit(EXIT_CANNOT);
        }
    }
    dk_init(&bench->dk, &options->board, bench->flash.bytes, bench->flash.meta, options->seed);
    if (options->board.modem.version != NULL) {
        struct modem_meta *modem = flash_file_modem(&bench->flash, options->flash);
        if (modem == NULL) {
            exit(EXIT_CANNOT);
        }
        dk_modem_init(&bench->dk, modem);
    }
    bench->dk.flash.plan.cut_at = options->cut_at;
    bench->dk.flash.plan.cut_halfway = options->cut_halfway;
    bench->dk.flash.plan.fail_from = options->fail_at;
    bench->dk.flash.plan.fail_count = 1;
    bench->dk.flash.plan.silent_at = options->silent_at;
    bench->dk.flash.plan.stuck_word = options->stuck_at;
    bench->dk.flash.plan.stuck_ones = options->stuck_at == 0 ? 0 : UINT32_MAX;
}

int main(int argc, char **argv) {
    static struct bench bench;
    bench.options = options_read(argc, argv);
    if (!flash_file_open(&bench.flash, bench.options.flash)) {
        return EXIT_CANNOT;
    }
    if (bench.flash.blank && bench.options.factory != NULL &&
        !flash_file_program(&bench.flash, &bench.options.board.layout, bench.options.factory)) {
        return EXIT_CANNOT;
    }
    prepare_board(&bench);
    catch_signals();
    prctl(PR_SET_TIMERSLACK, 1); /* a thousand sleeps of an update would each last 50 us more */
    if (!pty_line_open(&bench.line, bench.options.board.baud, bench.options.board.timing) ||
        (bench.options.link != NULL && !pty_line_link(&bench.line, bench.options.link))) {
        return EXIT_CANNOT;
    }
    bench.line.quality = bench.options.line;
    ready_print(&bench.options, bench.line.path);
    live(&bench);
}
