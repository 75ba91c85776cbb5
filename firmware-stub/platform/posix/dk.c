#include "dk.h"

#include "../virtual/cpu_cost.h"
#include "dk_modem.h"

#include <stdio.h>
#include <string.h>

#define MS UINT64_C(1000000)
#define START_NS (20 * MS)          /* from the jump to the application until its UART listens */
#define CATCH_UP_NS (5 * MS)        /* our process may be late that much without the board being slower for it */
#define CONFIRM_AFTER_NS (500 * MS) /* an application that checks itself takes a moment */

enum { POWER_GONE = 1, WATCHDOG_BITES }; /* what ends a run at any point */

static const uint8_t marker[16] = {'D', 'K', 'L', 'I', 'N', 'K', '-', 'S', 'T', 'U', 'B', '-', 'V', '0', '0', '1'};

static void spend(struct dk *dk, uint64_t ns) {
    if (dk->config.timing) {
        dk->cpu_ns += ns;
    }
}

/* Hundredths of an instruction. */
static void spend_cpu(struct dk *dk, uint64_t hundredths) {
    spend(dk, cpu_cost_ns(hundredths) * dk->config.cpu_percent / 100u);
}

/* What the core hashed, compared and inflated since the last time. */
static void spend_work(struct dk *dk) {
    struct stub_counters now = stub_session_counters(&dk->session);
    spend_cpu(dk, (uint64_t)(now.digested - dk->paid.digested) * CPU_DIGEST_BYTE);
    spend_cpu(dk, (uint64_t)(now.hashed - dk->paid.hashed) * CPU_SHA256_BYTE);
    spend_cpu(dk, (uint64_t)(now.compared - dk->paid.compared) * CPU_COMPARE_BYTE);
    spend_cpu(dk, (uint64_t)(now.deflated - dk->paid.deflated) * CPU_INFLATE_IN);
    spend_cpu(dk, (uint64_t)(now.inflated - dk->paid.inflated) * CPU_INFLATE_OUT);
    dk->paid = now;
}

static struct dk_event *add_event(struct dk *dk, enum dk_event_type type) {
    static struct dk_event lost;
    struct dk_event *event = &lost;
    if (dk->event_count < DK_EVENTS_MAX) {
        event = &dk->events[(dk->event_first + dk->event_count++) % DK_EVENTS_MAX];
    }
    memset(event, 0, sizeof *event);
    event->type = type;
    event->at_ns = dk->cpu_ns;
    return event;
}

void dk_tell_modem(struct dk *dk, const char *what) {
    add_event(dk, DK_EVENT_MODEM)->what = what;
}

bool dk_poll(struct dk *dk, struct dk_event *event) {
    if (dk->event_count == 0) {
        return false;
    }
    *event = dk->events[dk->event_first];
    dk->event_first = (dk->event_first + 1) % DK_EVENTS_MAX;
    dk->event_count--;
    return true;
}

static void feed_watchdog(struct dk *dk) {
    if (dk->watchdog_ns != DK_NEVER) {
        dk->watchdog_ns = dk->cpu_ns + dk->config.watchdog_ms * MS;
    }
}

/* It runs on through a reset by software, so MCUboot feeds it with each operation of the flash. */
static void watch_boot(struct dk *dk) {
    if (dk->cpu_ns >= dk->watchdog_ns) {
        longjmp(dk->power, WATCHDOG_BITES);
    }
    feed_watchdog(dk);
}

/* The flash keeps the CPU: time passes, and in real time the platform serves the line meanwhile. */
static void on_busy(void *context, uint32_t microseconds) {
    struct dk *dk = context;
    if (!dk->config.timing) {
        return;
    }
    dk->cpu_ns += (uint64_t)microseconds * 1000 / (dk->booting ? dk->config.swap_divisor : 1);
    if (dk->config.stall != NULL) {
        dk->config.stall(dk->config.context, dk->cpu_ns);
    }
    if (dk->booting) {
        watch_boot(dk);
    }
}

static void on_power_cut(void *context) {
    struct dk *dk = context;
    longjmp(dk->power, POWER_GONE);
}

static void on_fault(void *context, enum nvmc_fault_kind kind, uint32_t address) {
    struct dk *dk = context;
    struct dk_event *event = add_event(dk, DK_EVENT_FAULT);
    event->fault = kind;
    event->address = address;
    dk->faulted = true;
}

static int port_read(void *context, uint32_t offset, void *into, size_t count) {
    struct dk *dk = context;
    if (offset > dk->config.layout.slot_size || count > dk->config.layout.slot_size - offset) {
        return -1;
    }
    spend_cpu(dk, (uint64_t)count * CPU_READ_BYTE);
    return nvmc_read(&dk->flash, dk->config.layout.secondary + offset, into, count);
}

static int port_read_elsewhere(void *context, uint32_t address, void *into, size_t count) {
    struct dk *dk = context;
    return nvmc_read(&dk->flash, address, into, count);
}

static int port_program(void *context, uint32_t offset, const void *bytes, size_t count) {
    struct dk *dk = context;
    if (offset > dk->config.layout.slot_size || count > dk->config.layout.slot_size - offset) {
        return -1;
    }
    spend_cpu(dk, (uint64_t)count * CPU_PROGRAM_BYTE);
    return nvmc_program(&dk->flash, dk->config.layout.secondary + offset, bytes, count);
}

static int port_erase(void *context, uint32_t offset) {
    struct dk *dk = context;
    if (offset >= dk->config.layout.slot_size) {
        return -1;
    }
    return nvmc_erase(&dk->flash, dk->config.layout.secondary + offset);
}

static bool trailer_blank(struct dk *dk) {
    uint8_t page[NVMC_PAGE];
    uint32_t at = dk->config.layout.secondary + dk->config.layout.slot_size - NVMC_PAGE;
    if (nvmc_read(&dk->flash, at, page, sizeof page) != NVMC_OK) {
        return false;
    }
    for (size_t i = 0; i < sizeof page; i++) {
        if (page[i] != 0xff) {
            return false;
        }
    }
    return true;
}

struct stub_boot_state dk_boot_state(struct dk *dk) {
    struct stub_boot_state state = {STUB_RUNNING_UNKNOWN, STUB_SLOT_DIRTY};
    struct boot_swap_state primary = boot_swap_state(&dk->boot, BOOT_PRIMARY);
    if (boot_is_confirmed(&dk->boot)) {
        state.running = STUB_RUNNING_CONFIRMED;
    } else if (primary.magic == BOOT_GOOD && primary.image_ok == BOOT_UNSET) {
        state.running = STUB_RUNNING_ON_TRIAL;
    }
    switch (boot_pending(&dk->boot)) {
    case BOOT_SWAP_TEST:
        state.slot = STUB_SLOT_PENDING_TEST;
        break;
    case BOOT_SWAP_PERMANENT:
        state.slot = STUB_SLOT_PENDING_PERMANENT;
        break;
    default:
        state.slot = trailer_blank(dk) ? STUB_SLOT_BLANK : STUB_SLOT_DIRTY;
        break;
    }
    return state;
}

static int port_boot_state(void *context, struct stub_boot_state *state) {
    struct dk *dk = context;
    *state = dk_boot_state(dk);
    return 0;
}

static int port_mark_pending(void *context) {
    struct dk *dk = context;
    return boot_request_upgrade(&dk->boot, false);
}

static int port_confirm(void *context) {
    struct dk *dk = context;
    return boot_confirm(&dk->boot);
}

void dk_init(struct dk *dk, const struct dk_config *config, uint8_t *flash, struct dk_meta *meta, uint32_t seed) {
    memset(dk, 0, sizeof *dk);
    dk->config = *config;
    dk->meta = meta;
    nvmc_open(&dk->flash, flash, &meta->flash, seed);
    dk->flash.hooks = (struct nvmc_hooks){dk, on_busy, on_power_cut, on_fault};
    boot_init(&dk->boot, &dk->flash, config->layout, config->mode);
    dk->boot.verify = config->verify;
    dk->boot.verify_context = config->verify_context;
    dk->port = (struct stub_port){
        .context = dk,
        .read = port_read,
        .read_elsewhere = port_read_elsewhere,
        .program = port_program,
        .erase = port_erase,
        .boot_state = port_boot_state,
        .mark_pending = port_mark_pending,
        .confirm = port_confirm,
    };
    dk->reset_ns = DK_NEVER;
    dk->confirm_ns = DK_NEVER;
    dk->rate_ns = DK_NEVER;
    dk->watchdog_ns = DK_NEVER;
}

static void power_gone(struct dk *dk) {
    add_event(dk, DK_EVENT_POWER_CUT);
    dk_power_off(dk);
}

void dk_power_off(struct dk *dk) {
    uarte_stop(&dk->uarte);
    dk->state = DK_OFF;
    dk->booting = false;
    dk->flash.secure = false;
    dk->reset_ns = DK_NEVER;
    dk->confirm_ns = DK_NEVER;
    dk->rate_ns = DK_NEVER;
}

/* The stub is part of the image: without its marker there is nobody to answer. */
static bool has_stub(const struct dk *dk) {
    const struct boot_image *image = &dk->report.image;
    const uint8_t *bytes = dk->flash.bytes + image->address;
    uint32_t end = image->header_size + image->body_size;
    for (uint32_t i = image->header_size; i + sizeof marker <= end; i++) {
        if (memcmp(bytes + i, marker, sizeof marker) == 0) {
            return true;
        }
    }
    return false;
}

/* TF-M guards its part of an image that reaches beyond it; an image that ends before has no TF-M and guards nothing. */
static void protect(struct dk *dk, uint32_t size) {
    const struct boot_layout *layout = &dk->config.layout;
    bool guarded = layout->primary + size > layout->protected_to;
    dk->flash.protected_from = guarded ? layout->protected_from : 0;
    dk->flash.protected_to = guarded ? layout->protected_to : 0;
}

static void learn_image(struct dk *dk) {
    struct boot_image *image = &dk->report.image;
    uint32_t size = boot_image_size(&dk->flash, image, dk->config.layout.slot_size);
    protect(dk, size);
    memset(dk->image_hash, 0, sizeof dk->image_hash);
    boot_image_hash_tlv(&dk->flash, image, dk->config.layout.slot_size, dk->image_hash);
    dk->from_update = memcmp(dk->meta->factory_hash, dk->image_hash, sizeof dk->image_hash) != 0;
    spend_cpu(dk, (uint64_t)size * CPU_SHA256_BYTE); /* MCUboot's check of slot 0 */
}

static void list_readable(const struct dk *dk, struct stub_range *readable) {
    const struct boot_layout *layout = &dk->config.layout;
    unsigned count = 0;
    if (dk->flash.protected_from < dk->flash.protected_to) {
        uint32_t end = layout->primary + layout->slot_size;
        readable[count++] = (struct stub_range){layout->primary, layout->protected_from - layout->primary};
        readable[count++] = (struct stub_range){layout->protected_to, end - layout->protected_to};
    } else {
        readable[count++] = (struct stub_range){layout->primary, layout->slot_size};
    }
    readable[count] = (struct stub_range){layout->secondary, layout->slot_size};
}

static enum stub_swap_mode swap_mode(const struct dk *dk) {
    return dk->config.mode == BOOT_OFFSET ? STUB_SWAP_OFFSET : STUB_SWAP_MOVE;
}

static struct stub_config session_config(struct dk *dk) {
    const struct boot_image *image = &dk->report.image;
    struct stub_config config;
    memset(&config, 0, sizeof config);
    config.identity.board = "nrf9160dk_nrf9160_ns";
    config.identity.unit = dk->config.unit;
    config.identity.software = "0.1.0";
    memcpy(config.identity.image_hash, dk->image_hash, sizeof dk->image_hash);
    config.identity.app_version = (struct stub_version){image->major, image->minor, image->revision, image->build};
    config.identity.application_confirms =
        dk->from_update && (dk->config.new_image == DK_SELF_CONFIRMS || dk->config.new_image == DK_STUCK);
    config.identity.memory_mapped = true;
    config.identity.running_at = dk->config.layout.primary;
    list_readable(dk, config.identity.readable);
    config.slot = (struct stub_slot){dk->config.layout.secondary,
                                     dk->config.layout.slot_size,
                                     NVMC_PAGE,
                                     boot_upload_offset(&dk->boot),
                                     boot_image_limit(&dk->boot),
                                     4,
                                     swap_mode(dk)};
    uint32_t ring_size = dk->config.ring_size != 0 ? dk->config.ring_size : DK_RING_SIZE;
    config.memory = (struct stub_memory){dk->ring, ring_size, dk->page, dk->frame, sizeof dk->frame};
    if (dk->config.timing) {
        config.work = (struct stub_work){
            NVMC_ERASE_US, NVMC_PAGE / 4 * NVMC_WORD_US,
            (uint16_t)cpu_cost_ns(CPU_DIGEST_BYTE + 2 * (CPU_READ_BYTE + CPU_COMPARE_BYTE) + CPU_PROGRAM_BYTE),
            (uint16_t)cpu_cost_ns(CPU_INFLATE_IN), (uint16_t)cpu_cost_ns(CPU_INFLATE_OUT)};
    }
    memcpy(config.rates, dk->config.rates, sizeof config.rates);
    config.port = &dk->port;
    config.modem = dk_modem_port(dk);
    dk->config.entropy(dk->config.context, config.boot_id, sizeof config.boot_id);
    config.line_capacity = UARTE_DMA_MAX; /* the queued buffer; the one being filled may be nearly full */
    config.stall_max_ms = 90;
    return config;
}

static uint32_t uptime_ms(const struct dk *dk) {
    return dk->config.uptime_start_ms + (uint32_t)((dk->cpu_ns - dk->start_ns) / MS);
}

static void print_banner(struct dk *dk) {
    char text[160];
    const struct boot_image *image = &dk->report.image;
    int length =
        snprintf(text, sizeof text, "*** Booting nRF Connect SDK v2.9.0 ***\r\nApplication %u.%u.%u+%lu started\r\n",
                 image->major, image->minor, image->revision, (unsigned long)image->build);
    uarte_send(&dk->uarte, (const uint8_t *)text, (size_t)length, dk->cpu_ns);
}

static enum dk_new_image behaviour_of(const struct dk *dk) {
    return dk->from_update ? dk->config.new_image : DK_PLAYS_ALONG;
}

/* Whoever runs calls what feeds the watchdog. */
static bool application_lives(const struct dk *dk) {
    return dk->state != DK_HUNG && !(dk->state == DK_RUNNING && behaviour_of(dk) == DK_STUCK);
}

static void start_watchdog(struct dk *dk) {
    if (dk->config.watchdog_ms != 0) {
        dk->watchdog_ns = dk->cpu_ns + dk->config.watchdog_ms * MS;
    }
}

static void start_application(struct dk *dk) {
    enum dk_new_image behaviour = behaviour_of(dk);
    start_watchdog(dk);
    dk->start_ns = dk->cpu_ns;
    uarte_start(&dk->uarte, dk->config.baud, dk->config.timing, dk->cpu_ns);
    print_banner(dk);
    if (behaviour == DK_HANGS) {
        dk->state = DK_HUNG;
    } else if (behaviour == DK_CRASHES) {
        dk->state = DK_SAYS_NOTHING;
        dk->crashes = true;
        dk->reset_ns = dk->cpu_ns;
    } else if (behaviour == DK_SILENT || !has_stub(dk)) {
        dk->state = DK_SAYS_NOTHING;
    } else {
        struct stub_config config = session_config(dk);
        dk->state = DK_RUNNING;
        stub_session_init(&dk->session, &config, uptime_ms(dk));
        dk->paid = stub_session_counters(&dk->session);
    }
    if (behaviour == DK_SELF_CONFIRMS) {
        dk->confirm_ns = dk->cpu_ns + CONFIRM_AFTER_NS;
    }
}

/* What lies in slot 0 before the first start came from a probe: it plays along, and needs no signature. */
static void remember_factory(struct dk *dk) {
    struct boot_image image;
    struct dk_meta *meta = dk->meta;
    dk->flash.secure = true;
    if (!meta->factory_known && boot_image_read(&dk->flash, dk->config.layout.primary, &image)) {
        meta->factory_known = boot_image_hash_tlv(&dk->flash, &image, dk->config.layout.slot_size, meta->factory_hash);
    }
    dk->flash.secure = false;
    dk->boot.trusted = meta->factory_known ? meta->factory_hash : NULL;
}

static void boot(struct dk *dk) {
    uint64_t watchdog_ns = dk->watchdog_ns;
    dk_power_off(dk);
    dk->watchdog_ns = watchdog_ns;
    dk->faulted = false;
    dk->crashes = false;
    remember_factory(dk);
    dk->booting = true;
    nvmc_power_cycle(&dk->flash);
    dk->report = boot_run(&dk->boot);
    dk->booting = false;
    if (!dk->report.booted) {
        dk->state = DK_UNBOOTABLE;
        add_event(dk, DK_EVENT_BOOTED);
        return;
    }
    learn_image(dk);
    spend(dk, START_NS);
    dk_modem_start(dk);
    start_application(dk);
    add_event(dk, DK_EVENT_BOOTED);
}

/* A reset by the watchdog ends the watchdog, too. */
static void watchdog_reset(struct dk *dk) {
    add_event(dk, DK_EVENT_WATCHDOG);
    dk->watchdog_ns = DK_NEVER;
    boot(dk);
}

void dk_power_on(struct dk *dk, uint64_t now_ns) {
    dk->cpu_ns = now_ns;
    dk->watchdog_ns = DK_NEVER;
    if (setjmp(dk->power) != 0) {
        power_gone(dk);
        return;
    }
    boot(dk);
}

void dk_receive(struct dk *dk, uint8_t byte) {
    uarte_receive(&dk->uarte, byte);
}

static bool tick_due(const struct dk *dk, uint64_t *at_ns) {
    uint32_t at_ms;
    if (!stub_session_deadline(&dk->session, &at_ms)) {
        return false;
    }
    int32_t left = (int32_t)(at_ms - uptime_ms(dk));
    uint64_t whole = dk->start_ns + (dk->cpu_ns - dk->start_ns) / MS * MS;
    *at_ns = left <= 0 ? dk->cpu_ns : whole + (uint64_t)left * MS;
    return true;
}

static bool receive_step(struct dk *dk) {
    uint8_t bytes[1024];
    size_t count = uarte_take(&dk->uarte, bytes, sizeof bytes);
    if (count == 0) {
        return false;
    }
    spend_cpu(dk, count * CPU_RECEIVE_BYTE);
    stub_session_receive(&dk->session, bytes, count, uptime_ms(dk));
    return true;
}

static bool tick_step(struct dk *dk) {
    uint64_t at_ns;
    if (!tick_due(dk, &at_ns) || at_ns > dk->cpu_ns) {
        return false;
    }
    stub_session_tick(&dk->session, uptime_ms(dk));
    spend_work(dk);
    return true;
}

static bool transmit_step(struct dk *dk) {
    uint8_t bytes[512];
    size_t room = dk->rate_ns == DK_NEVER ? uarte_room(&dk->uarte) : 0;
    size_t count = room == 0 ? 0 : stub_session_transmit(&dk->session, bytes, room, uptime_ms(dk));
    if (count > 0) {
        spend_cpu(dk, count * CPU_SEND_BYTE);
        uarte_send(&dk->uarte, bytes, count, dk->cpu_ns);
    }
    return count > 0;
}

static uint64_t drained_ns(const struct dk *dk) {
    return dk->uarte.out_free_ns > dk->cpu_ns ? dk->uarte.out_free_ns : dk->cpu_ns;
}

static void event_step(struct dk *dk) {
    struct stub_event event;
    while (stub_session_poll(&dk->session, &event)) {
        add_event(dk, DK_EVENT_STUB)->stub = event;
        if (event.type == STUB_EVENT_RESET) {
            dk->reset_ns = drained_ns(dk) + MS;
        } else if (event.type == STUB_EVENT_RATE) {
            dk->rate_ns = drained_ns(dk);
        }
    }
}

/* One round of the application's main loop; false when there was nothing to do. */
static bool service(struct dk *dk) {
    bool worked = receive_step(dk);
    worked = tick_step(dk) || worked;
    worked = transmit_step(dk) || worked;
    event_step(dk);
    spend_cpu(dk, worked ? CPU_ROUND : 0);
    return worked;
}

static void discard_input(struct dk *dk) {
    uint8_t bytes[1024];
    while (uarte_take(&dk->uarte, bytes, sizeof bytes) > 0) {
    }
}

static bool timed_step(struct dk *dk) {
    if (dk->cpu_ns >= dk->watchdog_ns && !application_lives(dk)) {
        watchdog_reset(dk);
        return true;
    }
    if (application_lives(dk)) {
        feed_watchdog(dk);
    }
    if (dk->faulted || dk->cpu_ns >= dk->reset_ns) {
        if (dk->crashes) {
            add_event(dk, DK_EVENT_CRASH);
        }
        boot(dk);
        return true;
    }
    if (dk->cpu_ns >= dk->rate_ns) {
        dk->rate_ns = DK_NEVER;
        uarte_set_rate(&dk->uarte, stub_session_rate(&dk->session));
        return true;
    }
    if (dk->cpu_ns >= dk->confirm_ns) {
        dk->confirm_ns = DK_NEVER;
        boot_confirm(&dk->boot);
        return true;
    }
    return false;
}

static void work_until(struct dk *dk, uint64_t now_ns) {
    dk->more = false;
    while (dk->cpu_ns <= now_ns && dk->state != DK_OFF && dk->state != DK_UNBOOTABLE) {
        if (timed_step(dk)) {
            continue;
        }
        if (dk->state != DK_RUNNING) {
            discard_input(dk);
            return;
        }
        if (!service(dk)) {
            return;
        }
    }
    dk->more = dk->cpu_ns > now_ns;
}

/* A CPU that waits has reached now; one that is at work goes on where it was, unless we are very late. */
static void reach(struct dk *dk, uint64_t now_ns) {
    bool behind = dk->more && dk->state == DK_RUNNING && dk->cpu_ns + CATCH_UP_NS > now_ns;
    if (dk->cpu_ns < now_ns && !behind) {
        dk->cpu_ns = now_ns;
    }
}

void dk_run(struct dk *dk, uint64_t now_ns) {
    reach(dk, now_ns);
    switch (setjmp(dk->power)) {
    case POWER_GONE:
        power_gone(dk);
        return;
    case WATCHDOG_BITES:
        watchdog_reset(dk);
        break;
    default:
        break;
    }
    work_until(dk, now_ns);
}

uint32_t dk_baud(const struct dk *dk) {
    return dk->uarte.on ? dk->uarte.baud : dk->config.baud;
}

uint64_t dk_next(const struct dk *dk) {
    uint64_t next = dk->reset_ns < dk->confirm_ns ? dk->reset_ns : dk->confirm_ns;
    next = dk->rate_ns < next ? dk->rate_ns : next;
    next = !application_lives(dk) && dk->watchdog_ns < next ? dk->watchdog_ns : next;
    uint64_t tick_ns;
    if (dk->state == DK_OFF || dk->state == DK_UNBOOTABLE) {
        return DK_NEVER;
    }
    if (dk->more || (dk->state == DK_RUNNING && uarte_waiting(&dk->uarte))) {
        return dk->cpu_ns;
    }
    if (dk->state == DK_RUNNING && tick_due(dk, &tick_ns) && tick_ns < next) {
        next = tick_ns;
    }
    uint64_t room_ns = uarte_room_ns(&dk->uarte);
    return room_ns < next ? room_ns : next;
}
