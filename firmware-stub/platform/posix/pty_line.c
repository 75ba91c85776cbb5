#include "pty_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define POLL_JITTER_NS 2000000u /* our loop comes back within that time */
#define PIECE 1024u
#define PIECES_MAX 64 /* of one pump, so that a host that writes on and on cannot keep it */

static bool complain(const char *what) {
    fprintf(stderr, "dk: %s: %s\n", what, strerror(errno));
    return false;
}

static uint32_t rate_of(speed_t speed) {
    static const struct {
        speed_t speed;
        uint32_t baud;
    } rates[] = {{B9600, 9600},       {B19200, 19200},     {B38400, 38400},    {B57600, 57600},   {B115200, 115200},
                 {B230400, 230400},   {B460800, 460800},   {B500000, 500000},  {B921600, 921600}, {B1000000, 1000000},
                 {B1500000, 1500000}, {B2000000, 2000000}, {B3000000, 3000000}};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        if (rates[i].speed == speed) {
            return rates[i].baud;
        }
    }
    return 1; /* a rate that no UART of ours has */
}

static bool configure(struct pty_line *line) {
    struct termios settings;
    if (tcgetattr(line->slave, &settings) != 0) {
        return complain("tcgetattr");
    }
    cfmakeraw(&settings);
    cfsetspeed(&settings, B115200);
    if (tcsetattr(line->slave, TCSANOW, &settings) != 0) {
        return complain("tcsetattr");
    }
    return fcntl(line->master, F_SETFL, O_NONBLOCK) == 0 || complain("fcntl");
}

bool pty_line_open(struct pty_line *line, uint32_t baud, bool paced) {
    memset(line, 0, sizeof *line);
    line->baud = baud;
    line->paced = paced;
    line->noise = 1;
    line->in.random = 1;
    line->out.random = 2;
    line->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (line->master < 0 || grantpt(line->master) != 0 || unlockpt(line->master) != 0 ||
        ptsname_r(line->master, line->path, sizeof line->path) != 0) {
        return complain("no pty");
    }
    line->slave = open(line->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (line->slave < 0) {
        return complain(line->path);
    }
    return configure(line);
}

bool pty_line_link(const struct pty_line *line, const char *link) {
    char fresh[4096];
    struct stat status;
    if (lstat(link, &status) == 0 && !S_ISLNK(status.st_mode)) {
        errno = EEXIST;
        return complain(link);
    }
    if ((size_t)snprintf(fresh, sizeof fresh, "%s.%ld", link, (long)getpid()) >= sizeof fresh) {
        errno = ENAMETOOLONG;
        return complain(link);
    }
    unlink(fresh);
    return (symlink(line->path, fresh) == 0 && rename(fresh, link) == 0) || complain(link);
}

void pty_line_unlink(const struct pty_line *line, const char *link) {
    char target[sizeof line->path];
    ssize_t length = link == NULL ? -1 : readlink(link, target, sizeof target - 1);
    if (length > 0) {
        target[length] = '\0';
        if (strcmp(target, line->path) == 0) {
            unlink(link);
        }
    }
}

/* What the host has set; 0 if that cannot be known. */
static uint32_t host_rate(const struct pty_line *line) {
    struct termios settings;
    return tcgetattr(line->slave, &settings) == 0 ? rate_of(cfgetospeed(&settings)) : 0;
}

static uint64_t byte_ns(const struct pty_line *line) {
    return line->paced ? UINT64_C(10000000000) / line->baud : 0;
}

/* The byte as somebody sees it who receives at this rate. */
static uint8_t received_at(struct pty_line *line, uint32_t baud, struct uarte_out sent) {
    return uarte_mismatch(baud, sent.baud) ? uarte_garble(sent.byte, &line->noise) : sent.byte;
}

static uint64_t next_frame(const struct pty_line *line, uint64_t ns) {
    uint64_t frame = line->quality.usb_frame_ns;
    return frame == 0 ? ns : (ns + frame - 1) / frame * frame;
}

static void put(struct pty_line *line, struct pty_line_bytes *bytes, struct uarte_out sent) {
    uint32_t at = (bytes->first + bytes->count++) % PTY_LINE_WAITING;
    sent.byte = uarte_wrong_bits(sent.byte, line->quality.wrong_bits, &bytes->random);
    sent.byte = rate_faults_apply(line->quality.faults, sent.baud, sent.byte);
    bytes->queue[at] = sent;
}

static bool take(struct pty_line_bytes *bytes, uint64_t now_ns, struct uarte_out *sent) {
    if (bytes->count == 0 || bytes->queue[bytes->first].left_ns > now_ns) {
        return false;
    }
    *sent = bytes->queue[bytes->first];
    bytes->first = (bytes->first + 1) % PTY_LINE_WAITING;
    bytes->count--;
    return true;
}

bool pty_line_listens(const struct pty_line *line, uint64_t now_ns) {
    return line->wire_free_ns <= now_ns && line->in.count + PIECE <= PTY_LINE_WAITING;
}

/* Takes the next piece from the pty. If the line was busy until a moment ago, its first byte follows without a gap. */
static bool read_more(struct pty_line *line, uint64_t now_ns) {
    uint8_t piece[PIECE];
    ssize_t count = read(line->master, piece, sizeof piece);
    if (count <= 0) {
        return false;
    }
    if (line->cut) {
        return true;
    }
    uint32_t baud = host_rate(line);
    if (line->wire_free_ns + POLL_JITTER_NS < now_ns) {
        line->wire_free_ns = next_frame(line, now_ns);
    }
    for (ssize_t i = 0; i < count; i++) {
        line->wire_free_ns += byte_ns(line);
        put(line, &line->in, (struct uarte_out){piece[i], baud, line->wire_free_ns + line->quality.latency_ns});
    }
    return true;
}

static void hand_over(struct pty_line *line, uint64_t now_ns, void (*receive)(void *context, uint8_t byte),
                      void *context) {
    struct uarte_out sent;
    while (take(&line->in, now_ns, &sent)) {
        receive(context, received_at(line, line->baud, sent));
    }
}

void pty_line_cut(struct pty_line *line, bool cut) {
    line->cut = cut;
    line->in.count = 0;
    line->out.count = 0;
}

void pty_line_pump(struct pty_line *line, uint64_t now_ns, void (*receive)(void *context, uint8_t byte),
                   void *context) {
    for (int piece = 0; piece < PIECES_MAX && pty_line_listens(line, now_ns) && read_more(line, now_ns); piece++) {
        hand_over(line, now_ns, receive, context);
    }
    hand_over(line, now_ns, receive, context);
}

static uint64_t arrival_of(const struct pty_line_bytes *bytes) {
    return bytes->count > 0 ? bytes->queue[bytes->first].left_ns : UINT64_MAX;
}

uint64_t pty_line_next(const struct pty_line *line) {
    uint64_t in = arrival_of(&line->in);
    uint64_t out = arrival_of(&line->out);
    return in < out ? in : out;
}

void pty_line_send(struct pty_line *line, struct uarte_out out) {
    if (line->out.count < PTY_LINE_WAITING && !line->cut) {
        out.left_ns = next_frame(line, out.left_ns) + line->quality.latency_ns;
        put(line, &line->out, out);
    }
}

static void write_all(const struct pty_line *line, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(line->master, bytes, count);
        if (written <= 0) {
            return;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

void pty_line_flush(struct pty_line *line, uint64_t now_ns) {
    uint8_t bytes[1024];
    size_t count = 0;
    struct uarte_out out;
    uint32_t baud = arrival_of(&line->out) <= now_ns ? host_rate(line) : 0;
    while (count < sizeof bytes && take(&line->out, now_ns, &out)) {
        bytes[count++] = received_at(line, baud, out);
    }
    write_all(line, bytes, count);
}

void pty_line_write(struct pty_line *line, uint8_t *bytes, size_t count) {
    if (line->cut) {
        return;
    }
    uint32_t baud = host_rate(line);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = received_at(line, baud, (struct uarte_out){bytes[i], line->baud, 0});
    }
    write_all(line, bytes, count);
}
