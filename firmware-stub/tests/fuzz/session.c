/*
 * A session's life as a sequence of operations that the input spells: good frames with any payload, requests and
 * records that are right so that the deep states are reached, time, work by single steps, flash and modem faults,
 * resets, bytes that are no frame. After each operation what must always hold is looked at from outside and inside.
 * One operation: a byte that chooses, up to three for its numbers, and for some a length and bytes.
 */
#include "../unit/board.h"
#include "../unit/host.h"
#include "bytes.h"
#include "frame.h"
#include "fuzz.h"
#include "sha256.h"
#include "wire.h"

#define IMAGE_PAGES 3u
#define IMAGE_SIZE (2u * BOARD_PAGE + 700u)
#define MODEM_AREA 3000u

struct input {
    const uint8_t *at;
    size_t left;
};

static struct board board;
static struct host host;
static struct input in;
static uint8_t image[IMAGE_PAGES * BOARD_PAGE];
static uint8_t image_sha256[STUB_HASH_SIZE];
static uint32_t stream;                     /* offset at which the next record goes */
static uint32_t credit;                     /* the highest seen in this upload */
static bool marked;                         /* the port was asked to mark */
static struct stub_frame_receiver receiver; /* of what the board sends */
static uint8_t received[STUB_TRANSMIT_SIZE];

static struct {
    uint32_t written;
    int32_t fails;
    bool open;
} modem;

static uint8_t next(void) {
    if (in.left == 0) {
        return 0;
    }
    in.left--;
    return *in.at++;
}

/* Up to most bytes of the input, as many as its next byte says. */
static size_t take(uint8_t *into, size_t most) {
    size_t count = (size_t)next() * 4 % (most + 1);
    count = count < in.left ? count : in.left;
    memcpy(into, in.at, count);
    in.at += count;
    in.left -= count;
    return count;
}

/* ---- the platform ---- */

/* Nobody may be asked to mark what is not verified: the slot's hash is taken here, by ourselves. */
static int mark_pending(void *context) {
    struct board *b = context;
    const struct stub_upload *u = &board.session.upload;
    struct stub_sha256 sha;
    uint8_t hash[STUB_HASH_SIZE];
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, b->flash + b->config.slot.image_offset, u->image_size);
    stub_sha256_end(&sha, hash);
    CHECK(board.session.state == STUB_VERIFIED);
    CHECK(b->lies_at != BOARD_NEVER || memcmp(hash, u->file_sha256, sizeof hash) == 0);
    marked = true;
    memset(b->flash + b->config.slot.size - 16, b->mark_does_nothing ? 0xFF : 0x77, 16);
    b->boot.slot = b->mark_does_nothing ? b->boot.slot : STUB_SLOT_PENDING_TEST;
    return 0;
}

static void look(void *context, struct stub_modem_state *state) {
    (void)context;
    *state = (struct stub_modem_state){.error = modem.fails, .area_size = MODEM_AREA, .version = "mfw 1"};
}

static int32_t modem_offset(void *context, uint32_t *at) {
    (void)context;
    *at = modem.written;
    return modem.fails;
}

static int32_t modem_erase(void *context) {
    (void)context;
    CHECK(!modem.open);
    modem.written = 0;
    return modem.fails;
}

static int32_t modem_write(void *context, const void *bytes, size_t count) {
    volatile uint8_t sum = 0;
    (void)context;
    for (size_t i = 0; i < count; i++) {
        sum = (uint8_t)(sum + ((const uint8_t *)bytes)[i]);
    }
    modem.open = true;
    modem.written += (uint32_t)count;
    return modem.fails;
}

static int32_t modem_close(void *context) {
    (void)context;
    modem.open = false;
    return modem.fails;
}

static int32_t modem_schedule(void *context) {
    (void)context;
    CHECK(!modem.open);
    return modem.fails;
}

static const struct stub_modem MODEM = {NULL,        look,        modem_offset,  modem_erase,
                                        modem_write, modem_close, modem_schedule};

static void start(void) {
    board_restart(&board);
    stub_frame_receiver_init(&receiver, received, sizeof received);
    host_init(&host, &board, 7);
    host.number = 0;
    stream = 0;
    credit = 0;
}

static void make_world(uint8_t kind) {
    board_init(&board);
    board.port.mark_pending = mark_pending;
    board.config.rates[0] = 115200;
    board.config.rates[1] = 1000000;
    board.config.modem = (kind & 1) != 0 ? &MODEM : NULL;
    board.config.slot.image_offset = (kind & 2) != 0 ? BOARD_PAGE : 0;
    board.config.slot.swap_mode = (kind & 2) != 0 ? STUB_SWAP_OFFSET : STUB_SWAP_MOVE;
    board.config.identity.readable[1] = (struct stub_range){0x80000, BOARD_SIZE};
    memset(&modem, 0, sizeof modem);
    if ((kind & 4) != 0) {
        check_noise(board.flash, BOARD_SIZE, 3);
        board.boot.slot = STUB_SLOT_DIRTY;
    }
    marked = false;
    start();
}

/* ---- operations ---- */

static void give_frame(uint8_t type, const uint8_t *payload, size_t count) {
    uint8_t wire[8192];
    host_give(&host, wire, host_frame(&host, wire, type, payload, count));
}

static void any_frame(void) {
    static const uint8_t TYPES[] = {STUB_HELLO,  STUB_PING,  STUB_GET_DIGESTS, STUB_BEGIN,   STUB_DATA,
                                    STUB_VERIFY, STUB_MARK,  STUB_RESET,       STUB_CONFIRM, STUB_ABORT,
                                    STUB_RATE,   STUB_PROBE, STUB_MODEM,       STUB_STATUS,  0x7F};
    uint8_t payload[1024];
    uint8_t type = TYPES[next() % sizeof TYPES];
    give_frame(type, payload, take(payload, sizeof payload));
}

static void hello(void) {
    uint8_t payload[10] = {1, 1};
    host.nonce[0] = (uint8_t)(next() % 4 + 1);
    memcpy(payload + 2, host.nonce, sizeof host.nonce);
    give_frame(STUB_HELLO, payload, sizeof payload);
    stream = 0;
    credit = 0;
}

/* A request that is right, but for its tag at times. */
static void request(uint8_t type) {
    uint8_t payload[1 + STUB_FIELDS_MAX] = {host.tag = (uint8_t)(host.tag + (next() & 1))};
    size_t count = 1;
    switch (type) {
    case STUB_BEGIN:
        payload[1] = next() & 3;
        stub_put_le32(payload + 2, IMAGE_SIZE);
        memcpy(payload + 6, image_sha256, STUB_HASH_SIZE);
        count = 1 + STUB_FIELDS_MAX;
        stream = 0;
        break;
    case STUB_GET_DIGESTS:
        stub_put_le16(payload + 1, next() % BOARD_PAGES);
        stub_put_le16(payload + 3, next() % BOARD_PAGES);
        count = 5;
        break;
    case STUB_MARK:
    case STUB_CONFIRM:
        memcpy(payload + 1, board.config.boot_id, STUB_BOOT_ID_SIZE);
        memcpy(payload + 9, type == STUB_MARK ? image_sha256 : board.config.identity.image_hash, STUB_HASH_SIZE);
        count = 1 + STUB_BOOT_ID_SIZE + STUB_HASH_SIZE;
        break;
    case STUB_RESET:
        memcpy(payload + 1, board.config.boot_id, STUB_BOOT_ID_SIZE);
        count = 1 + STUB_BOOT_ID_SIZE;
        break;
    default:
        break;
    }
    give_frame(type, payload, count);
}

static void some_request(void) {
    static const uint8_t TYPES[] = {STUB_BEGIN, STUB_GET_DIGESTS, STUB_VERIFY, STUB_MARK,
                                    STUB_RESET, STUB_CONFIRM,     STUB_ABORT,  STUB_VERIFY};
    request(TYPES[next() % sizeof TYPES]);
}

/* In fragments of a size; some may be left out. */
static void send_stream(const uint8_t *bytes, uint32_t count, uint32_t piece, uint8_t lost) {
    uint8_t payload[4 + 1000];
    for (uint32_t at = 0, i = 0; at < count; i++) {
        uint32_t n = stub_min32(piece, count - at);
        stub_put_le32(payload, stream + at);
        memcpy(payload + 4, bytes + at, n);
        if (i >= 8 || (lost >> i & 1) == 0) {
            give_frame(STUB_DATA, payload, 4 + n);
        }
        at += n;
        if ((i & 3) == 3) {
            board_run(&board);
        }
    }
    stream += count;
}

static void record(bool deflated) {
    static uint8_t bytes[STUB_RECORD_HEADER + BOARD_PAGE];
    uint8_t how = next();
    uint8_t lost = next();
    unsigned page = how % IMAGE_PAGES;
    size_t count = host_record(&host, bytes, how >> 6 & 1, (uint16_t)page, image + page * BOARD_PAGE, BOARD_PAGE);
    if (deflated) {
        count = STUB_RECORD_HEADER + take(bytes + STUB_RECORD_HEADER, 1000);
        bytes[0] = (uint8_t)(STUB_RECORD_DEFLATE + (how >> 7));
        stub_put_le16(bytes + 4, (uint16_t)(count - STUB_RECORD_HEADER));
    } else if ((how & 0x20) != 0) {
        bytes[STUB_RECORD_HEADER + lost] ^= 1;
    }
    send_stream(bytes, (uint32_t)count, (how & 0x10) != 0 ? 1000 : 300, lost & (how & 0x08 ? 0xFF : 0));
}

static void any_record(void) {
    uint8_t bytes[600];
    uint32_t count = (uint32_t)take(bytes, sizeof bytes);
    send_stream(bytes, count, 100, 0);
}

static void any_data(void) {
    uint8_t payload[4 + 600];
    uint32_t offset = board.session.upload.received + next() * 64u - 1024u;
    stub_put_le32(payload, offset);
    give_frame(STUB_DATA, payload, 4 + take(payload + 4, 600));
}

static void raw_bytes(void) {
    uint8_t bytes[300];
    host_give(&host, bytes, take(bytes, sizeof bytes));
}

static void work(void) {
    for (unsigned i = next(); i > 0 && board_is_due(&board); i--) {
        stub_session_tick(&board.session, board.now_ms);
    }
}

/* Whatever the board sends are good frames; returns how many bytes came. */
static size_t collect(size_t most) {
    uint8_t bytes[256];
    size_t count = stub_session_transmit(&board.session, bytes, most, board.now_ms);
    CHECK(count <= most);
    for (size_t i = 0; i < count; i++) {
        enum stub_frame_result result = stub_frame_receive(&receiver, bytes[i]);
        CHECK(result == STUB_FRAME_MORE || result == STUB_FRAME_GOOD);
    }
    return count;
}

static void settle(void) {
    do {
        board_run(&board);
        while (collect(200) > 0) {
        }
    } while (board_is_due(&board));
}

static void fault(void) {
    uint8_t how = next();
    board.fails_at = (how & 1) != 0 ? board.operations + next() % 16u : BOARD_NEVER;
    board.read_fails = (how & 2) != 0;
    board.erase_does_nothing = (how & 4) != 0;
    board.mark_does_nothing = (how & 8) != 0;
    board.confirm_does_nothing = (how & 16) != 0;
    board.lies_at = (how & 32) != 0 ? next() * 97u : BOARD_NEVER;
    modem.fails = (how & 64) != 0 ? (int8_t)next() : 0;
}

static void reset(void) {
    uint8_t how = next();
    board.boot.running = (enum stub_running_state)(how % 3);
    board.config.boot_id[0] = how;
    start();
    hello();
}

static void operate(void) {
    switch (next() % 16) {
    case 0:
        any_frame();
        break;
    case 1:
        hello();
        break;
    case 2:
    case 3:
        some_request();
        break;
    case 4:
    case 5:
        record(false);
        break;
    case 6:
        record(true);
        break;
    case 7:
        any_record();
        break;
    case 8:
        any_data();
        break;
    case 9:
        raw_bytes();
        break;
    case 10:
        work();
        break;
    case 11:
        collect(next());
        break;
    case 12:
        fault();
        break;
    case 13:
        reset();
        break;
    case 14:
        board.now_ms += next() * 20u;
        stub_session_tick(&board.session, board.now_ms);
        break;
    default:
        settle();
        break;
    }
}

/* ---- what always holds ---- */

static void stretches_are_in_order(const struct stub_upload *u) {
    uint32_t end = u->received;
    CHECK(u->stretch_count <= STUB_RANGES_MAX);
    for (unsigned i = 0; i < u->stretch_count; i++) {
        CHECK(u->stretch[i].start > end && u->stretch[i].end > u->stretch[i].start);
        end = u->stretch[i].end;
    }
    CHECK(end <= u->credit);
}

static void look_at_everything(void) {
    const struct stub_session *s = &board.session;
    const struct stub_upload *u = &s->upload;
    CHECK(s->state <= STUB_RESETTING && s->record.step <= STUB_RECORD_PROGRAMMING);
    CHECK(u->consumed <= u->received && u->received - u->consumed <= BOARD_RING);
    CHECK(u->credit <= stub_add_saturating(u->consumed, BOARD_RING));
    CHECK(u->credit <= stub_add_saturating(u->received, board.config.line_capacity));
    credit = s->state == STUB_READY ? 0 : credit;
    CHECK(u->credit >= credit);
    credit = u->credit;
    stretches_are_in_order(u);
    CHECK(s->transmitter.sent <= s->transmitter.length && s->transmitter.length <= STUB_TRANSMIT_SIZE);
    CHECK(s->events.count <= STUB_EVENTS_MAX && s->request.batch_count <= STUB_DIGESTS_MAX);
    CHECK(s->state != STUB_MARKED || marked);
    CHECK(board.boot.running != STUB_RUNNING_ON_TRIAL || s->state != STUB_RECEIVING);
    CHECK(s->rate.now == board.config.rates[0] || s->rate.now == board.config.rates[1]);
}

static void make_image(void) {
    struct stub_sha256 sha;
    memset(image, 0xFF, sizeof image);
    check_noise(image, IMAGE_SIZE, 1);
    stub_sha256_start(&sha);
    stub_sha256_add(&sha, image, IMAGE_SIZE);
    stub_sha256_end(&sha, image_sha256);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (image[0] == 0) {
        make_image();
    }
    in = (struct input){bytes, count};
    make_world(next());
    hello();
    while (in.left > 0) {
        operate();
        look_at_everything();
    }
    memset(&board.boot, 0, sizeof board.boot);
    settle();
    return 0;
}
