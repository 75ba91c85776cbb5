/*
 * The stub's thread: bytes in, work, bytes out, sleep. It alone touches the session, the line and the flash; the UART's
 * interrupt only hands buffers over and wakes it.
 */
#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/sys/reboot.h>

#include "board.h"
#include "fota_bridge/stub.h"
#include "line.h"
#include "running.h"
#include "slot.h"
#include "stub/state.h"
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
#include "modem.h"
#endif

#define PAGE_MAX 4096u
#define SOFTWARE "0.1.0"

BUILD_ASSERT((CONFIG_FOTA_BRIDGE_STUB_RING_SIZE & (CONFIG_FOTA_BRIDGE_STUB_RING_SIZE - 1)) == 0,
             "the ring's size is no power of two");
BUILD_ASSERT(CONFIG_FOTA_BRIDGE_STUB_RING_SIZE >= 2 * PAGE_MAX, "the ring holds less than two pages");

#if defined(CONFIG_UART_CONSOLE)
BUILD_ASSERT(!DT_SAME_NODE(DT_CHOSEN(zephyr_console), DT_CHOSEN(dev_fotabridge_stub_uart)),
             "the console is on the stub's UART: set CONFIG_UART_CONSOLE=n or choose another UART");
#endif

static struct stub_session session;
static struct line line;
static struct slot slot;
static fota_bridge_stub_listener listener;
static uint8_t ring[CONFIG_FOTA_BRIDGE_STUB_RING_SIZE] __aligned(4);
static uint8_t page[PAGE_MAX] __aligned(4);
static uint8_t frame[CONFIG_FOTA_BRIDGE_STUB_FRAME_SIZE] __aligned(4);
static char name[BOARD_NAME_SIZE];
static char unit[BOARD_NAME_SIZE];

static K_SEM_DEFINE(wake, 0, 1);
static K_THREAD_STACK_DEFINE(stack, CONFIG_FOTA_BRIDGE_STUB_STACK_SIZE);
static struct k_thread thread;

static void receive(void) {
    const uint8_t *bytes;
    size_t count;
    while ((count = line_peek(&line, &bytes)) > 0) {
        stub_session_receive(&session, bytes, count, k_uptime_get_32());
        line_consume(&line, count);
    }
}

static void transmit(void) {
    if (line_can_send(&line)) {
        size_t count = stub_session_transmit(&session, line.out, sizeof line.out, k_uptime_get_32());
        if (count > 0) {
            line_send(&line, count);
        }
    }
}

static void reset(void) {
    line_drain(&line);
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
    modem_shutdown();
#endif
    sys_reboot(SYS_REBOOT_COLD);
}

static void handle_events(void) {
    struct stub_event event;
    while (stub_session_poll(&session, &event)) {
        if (listener != NULL) {
            listener(&event);
        }
        if (event.type == STUB_EVENT_RATE) {
            line_set_rate(&line, stub_session_rate(&session));
        } else if (event.type == STUB_EVENT_RESET) {
            reset();
        }
    }
}

/* Milliseconds until the session wants a tick: 0 for now, -1 for never. */
static int32_t until_tick(void) {
    uint32_t at_ms;
    if (!stub_session_deadline(&session, &at_ms)) {
        return -1;
    }
    int32_t left = (int32_t)(at_ms - k_uptime_get_32());
    return left > 0 ? left : 0;
}

static void run(void *a, void *b, void *c) {
    ARG_UNUSED(a);
    ARG_UNUSED(b);
    ARG_UNUSED(c);
    for (;;) {
        receive();
        if (until_tick() == 0) {
            stub_session_tick(&session, k_uptime_get_32());
        }
        transmit();
        handle_events();
        bool receiving = line_mend(&line);
        int32_t left = until_tick();
        k_sem_take(&wake, !receiving ? K_MSEC(MIN((uint32_t)left, 1u)) : left < 0 ? K_FOREVER : K_MSEC(left));
    }
}

/* The rates that the J-Link of a DK can do (not 921 600), the one that the line starts at first. */
static void list_rates(uint32_t rates[STUB_RATES_MAX]) {
    static const uint32_t known[] = {1000000, 460800, 230400, 115200};
    size_t count = 0;
    if (!line.configurable) {
        return;
    }
    rates[count++] = line.config.baudrate;
    for (size_t i = 0; i < ARRAY_SIZE(known) && count < STUB_RATES_MAX; i++) {
        if (known[i] != line.config.baudrate) {
            rates[count++] = known[i];
        }
    }
}

static void list_slot(struct stub_range *readable) {
    while (readable->length != 0) {
        readable++;
    }
    *readable = (struct stub_range){slot.geometry.base, slot.geometry.size};
}

static int configure(struct stub_config *config) {
    board_name(name);
    board_unit(unit);
    *config = (struct stub_config){
        .identity = {.board = name,
                     .unit = unit,
                     .software = SOFTWARE,
                     .application_confirms = IS_ENABLED(CONFIG_FOTA_BRIDGE_STUB_APPLICATION_CONFIRMS),
                     .memory_mapped = IS_ENABLED(CONFIG_SOC_FLASH_NRF)},
        .slot = slot.geometry,
        .memory = {ring, sizeof ring, page, frame, sizeof frame},
        .work = board_work(),
        .port = &slot.port,
        .line_capacity = CONFIG_FOTA_BRIDGE_STUB_RX_BUFFER_SIZE,
        .stall_max_ms = CONFIG_FOTA_BRIDGE_STUB_STALL_MAX_MS,
    };
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
    config->modem = modem_port();
#endif
    list_rates(config->rates);
    int error = running_learn(slot.primary, &config->identity);
    list_slot(config->identity.readable);
    return error != 0 && error != -ENOENT ? error : board_entropy(config->boot_id, sizeof config->boot_id);
}

void fota_bridge_stub_listen(fota_bridge_stub_listener told) {
    listener = told;
}

int fota_bridge_stub_start(void) {
    const struct device *uart = DEVICE_DT_GET(DT_CHOSEN(dev_fotabridge_stub_uart));
    struct stub_config config;
    if (!device_is_ready(uart)) {
        return -ENODEV;
    }
    int error = slot_open(&slot);
    if (error == 0 && slot.geometry.page_size > PAGE_MAX) {
        error = -ENOTSUP;
    }
    if (error == 0) {
        error = line_open(&line, uart, &wake);
    }
    if (error == 0) {
        error = configure(&config);
    }
    if (error != 0) {
        return error;
    }
    stub_session_init(&session, &config, k_uptime_get_32());
    k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), run, NULL, NULL, NULL,
                    CONFIG_FOTA_BRIDGE_STUB_THREAD_PRIORITY, 0, K_NO_WAIT);
    k_thread_name_set(&thread, "fota_bridge_stub");
    return 0;
}
