#include "relay.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#define POLL_MAX_NS 1000000000u

/* Bytes that have left the host's line and that QEMU has not taken yet. */
struct waiting {
    uint8_t bytes[70000]; /* more than one pty_line_pump can bring */
    size_t first;
    size_t count;
};

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void take(void *context, uint8_t byte) {
    struct waiting *waiting = context;
    if (waiting->first + waiting->count < sizeof waiting->bytes) {
        waiting->bytes[waiting->first + waiting->count++] = byte;
    }
}

/* False when the machine is gone. */
static bool to_machine(struct waiting *waiting, int machine) {
    if (waiting->count > 0) {
        ssize_t count = write(machine, waiting->bytes + waiting->first, waiting->count);
        if (count < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        waiting->first += (size_t)count;
        waiting->count -= (size_t)count;
    }
    if (waiting->count == 0) {
        waiting->first = 0;
    }
    return true;
}

static bool from_machine(struct pty_line *line, int machine) {
    uint8_t bytes[512];
    ssize_t count = read(machine, bytes, sizeof bytes);
    if (count > 0) {
        pty_line_write(line, bytes, (size_t)count);
    }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

static void wait_for_work(const struct pty_line *line, int machine, bool blocked, const sigset_t *signals) {
    uint64_t now = now_ns();
    uint64_t next = pty_line_next(line);
    uint64_t left = next <= now ? 0 : next - now < POLL_MAX_NS ? next - now : POLL_MAX_NS - 1;
    struct timespec timeout = {0, (long)(blocked ? POLL_MAX_NS - 1 : left)};
    bool idle = next == UINT64_MAX;
    struct pollfd files[] = {{line->master, !blocked && idle ? POLLIN : 0, 0},
                             {machine, (short)(blocked ? POLLIN | POLLOUT : POLLIN), 0}};
    ppoll(files, 2, &timeout, signals);
}

bool relay_run(struct pty_line *line, int machine, const volatile sig_atomic_t *stop) {
    static struct waiting waiting;
    sigset_t signals;
    sigprocmask(SIG_SETMASK, NULL, &signals);
    sigdelset(&signals, SIGTERM);
    sigdelset(&signals, SIGINT);
    sigdelset(&signals, SIGUSR1);
    while (!*stop) {
        if (waiting.count == 0) {
            pty_line_pump(line, now_ns(), take, &waiting);
        }
        if (!to_machine(&waiting, machine) || !from_machine(line, machine)) {
            return false;
        }
        wait_for_work(line, machine, waiting.count > 0, &signals);
    }
    return true;
}
