/*
 * The stub's thread: bytes in, work, bytes out, sleep. It alone touches the session, the line and the flash; the UART's
 * interrupt only hands buffers over and wakes it.
 */
#include <errno.h>

#include <zephyr/kernel.h>
#include <zephyr/sys/reboot.h>

#include "board.h"
#include "chosen_uart.h"
#include "configuration.h"
#include "fota_bridge/stub.h"
#include "line.h"
#include "slot.h"
#include "stub/state.h"
#include "watchdog.h"
#if defined(CONFIG_FOTA_BRIDGE_STUB_MODEM)
#include "modem_delta.h"
#endif

static struct stub_session session;
static struct line line;
static struct slot slot;
static fota_bridge_stub_listener listener;

static K_SEM_DEFINE(wake, 0, 1);
static K_THREAD_STACK_DEFINE(stack, CONFIG_FOTA_BRIDGE_STUB_STACK_SIZE);
static struct k_thread thread;
static bool started;
static bool stops; /* the thread is to end */

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
    while (!*(const volatile bool *)&stops) {
        watchdog_thread_lives();
        receive();
        if (until_tick() == 0) {
            stub_session_tick(&session, k_uptime_get_32());
        }
        transmit();
        handle_events();
        bool receiving = line_mend(&line);
        int32_t left = watchdog_sleep(until_tick());
        k_sem_take(&wake, !receiving ? K_MSEC(MIN((uint32_t)left, 1u)) : left < 0 ? K_FOREVER : K_MSEC(left));
    }
}

void fota_bridge_stub_listen(fota_bridge_stub_listener told) {
    listener = told;
}

/* What the session needs; on an error nothing of it stays in use. */
static int open_all(const struct device *uart, struct stub_config *config) {
    int error = slot_open(&slot);
    if (error == 0) {
        error = line_open(&line, uart, &wake);
    }
    if (error == 0) {
        error = configuration_make(config, &line, &slot);
        if (error != 0) {
            line_close(&line);
        }
    }
    return error;
}

int fota_bridge_stub_start(void) {
    const struct device *uart = STUB_UART;
    struct stub_config config;
    if (started) {
        return -EALREADY;
    }
    if (!device_is_ready(uart)) {
        return -ENODEV;
    }
    board_start_crystal();
    int error = open_all(uart, &config);
    if (error != 0) {
        board_release_crystal();
        return error;
    }
    started = true;
    stops = false;
    stub_session_init(&session, &config, k_uptime_get_32());
    watchdog_begin();
    k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), run, NULL, NULL, NULL,
                    CONFIG_FOTA_BRIDGE_STUB_THREAD_PRIORITY, 0, K_NO_WAIT);
    k_thread_name_set(&thread, "fota_bridge_stub");
    return 0;
}

int fota_bridge_stub_stop(void) {
    if (!started) {
        return -EALREADY;
    }
    if (k_current_get() == &thread) {
        return -EDEADLK;
    }
    stops = true;
    k_sem_give(&wake);
    k_thread_join(&thread, K_FOREVER);
    watchdog_end();
    line_close(&line);
    board_release_crystal();
    started = false;
    return 0;
}

void fota_bridge_stub_alive(void) {
    watchdog_application_lives();
}
