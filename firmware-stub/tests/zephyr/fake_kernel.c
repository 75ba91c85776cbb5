/* The kernel in virtual time, one thread; entropy, the chip's id, and how the board starts. */
#include <errno.h>
#include <string.h>

#include <zephyr/drivers/clock_control/nrf_clock_control.h>
#include <zephyr/drivers/entropy.h>
#include <zephyr/drivers/hwinfo.h>
#include <zephyr/init.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/reboot.h>

#include "../check.h"
#include "fakes.h"
#include "fakes_internal.h"

#define US 1000u
#define MS 1000000u
#define BODY_SIZE 0x9000u
#define HEADER_SIZE 0x200u
#define LOOK_NS 1000u /* what a look at the clock costs, so that a loop that waits for it ends */

struct fake fake;
const struct device fake_entropy = {"entropy"};

static k_thread_entry_t entry;
static k_tid_t created;
static bool in_thread;

static struct {
    struct k_timer *timer;
    uint64_t next_ns;
    uint64_t period_ns;
} periodic;

static void put(uint32_t at, uint32_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++) {
        fake.flash[at + i] = (uint8_t)(value >> 8 * i);
    }
}

void fake_image_hash(uint8_t hash[32]) {
    check_noise(hash, 32, 7);
}

/* A header, a body that TF-M and the application share, a protected TLV, and the hash behind another TLV. */
static void make_image(void) {
    const uint32_t protected_at = FAKE_PRIMARY + HEADER_SIZE + BODY_SIZE;
    const uint32_t tlv_at = protected_at + 12;
    put(FAKE_PRIMARY, 0x96F3B83Du, 4);
    put(FAKE_PRIMARY + 4, 0, 4);
    put(FAKE_PRIMARY + 8, HEADER_SIZE, 2);
    put(FAKE_PRIMARY + 10, 12, 2);
    put(FAKE_PRIMARY + 12, BODY_SIZE, 4);
    put(FAKE_PRIMARY + 16, 0, 4);
    put(FAKE_PRIMARY + 20, 0x00030201u, 4);
    put(FAKE_PRIMARY + 24, 4, 4);
    check_noise(fake.flash + FAKE_PRIMARY + HEADER_SIZE, BODY_SIZE, 1);
    put(protected_at, 12u << 16 | 0x6908u, 4);
    put(protected_at + 4, 4u << 16 | 0x50u, 4);
    put(protected_at + 8, 1, 4);
    put(tlv_at, (4u + 36u + 36u) << 16 | 0x6907u, 4);
    put(tlv_at + 4, 32u << 16 | 0x01u, 4);
    put(tlv_at + 40, 32u << 16 | 0x10u, 4);
    fake_image_hash(fake.flash + tlv_at + 44);
}

void fake_init(void) {
    uint64_t now = fake.now_ns; /* time goes on over a reset, and entropy with it */
    memset(&fake, 0, sizeof fake);
    memset(fake.flash, 0xFF, sizeof fake.flash);
    fake.now_ns = now + 1;
    fake.stop_ns = FAKE_NEVER;
    fake.watchdog_ns = FAKE_NEVER;
    periodic.timer = NULL;
    in_thread = false;
    fake.uart.keeps_count = !IS_ENABLED(CONFIG_UART_0_NRF_ASYNC_LOW_POWER);
    fake.page_size = FAKE_PAGE;
    fake.uart.baud = 115200;
    fake.modem = (struct fake_modem){.initialized = true, .area = 294912, .version = "mfw_nrf9160_1.3.6\r\nOK\r\n"};
    make_image();
}

/* ---- time ---- */

static void timer_interrupt(void) {
    if (periodic.timer != NULL && periodic.next_ns <= fake.now_ns && !fake.cpu_gone && fake.locked == 0) {
        periodic.next_ns += periodic.period_ns;
        fake.in_interrupt = true;
        periodic.timer->expiry(periodic.timer);
        fake.in_interrupt = false;
    }
}

static void watchdog_bites(void) {
    if (fake.watchdog_ns <= fake.now_ns) {
        fake.watchdog_ns = FAKE_NEVER;
        fake.watchdog_resets++;
    }
}

static void pass_until(uint64_t ns) {
    while (fake.now_ns < ns) {
        uint64_t next = fake_uart_next_ns();
        next = periodic.timer != NULL && periodic.next_ns < next ? periodic.next_ns : next;
        next = next > fake.now_ns ? next : fake.now_ns + US;
        fake.now_ns = next < ns ? next : ns;
        fake_uart_move();
        fake_uart_interrupt();
        timer_interrupt();
        watchdog_bites();
    }
}

void fake_pass_us(uint64_t us) {
    pass_until(fake.now_ns + us * US);
}

void fake_stall(uint64_t ns) {
    fake.cpu_gone = true;
    pass_until(fake.now_ns + ns);
    fake.cpu_gone = false;
    fake_uart_interrupt();
}

static void stop_if_it_is_time(void) {
    if (fake.now_ns >= fake.stop_ns) {
        longjmp(fake.stop, 1);
    }
}

void fake_run_us(uint64_t us) {
    fake.stop_ns = fake.now_ns + us * US;
    in_thread = true;
    if (setjmp(fake.stop) == 0) {
        entry(NULL, NULL, NULL);
    }
    in_thread = false;
    fake.stop_ns = FAKE_NEVER;
    fake.locked = 0;
}

void fake_boot(void) {
    CHECK_EQ(0, fake_sys_init());
}

uint32_t k_uptime_get_32(void) {
    if (fake.locked == 0 && !fake.in_interrupt) {
        pass_until(fake.now_ns + LOOK_NS);
        stop_if_it_is_time();
    }
    return (uint32_t)(fake.now_ns / MS);
}

int32_t k_sleep(k_timeout_t timeout) {
    CHECK(fake.locked == 0);
    pass_until(fake.now_ns + (uint64_t)timeout.ticks * MS);
    stop_if_it_is_time();
    return 0;
}

int k_sem_take(struct k_sem *sem, k_timeout_t timeout) {
    CHECK(fake.locked == 0);
    uint64_t until = timeout.ticks < 0 ? fake.stop_ns : fake.now_ns + (uint64_t)timeout.ticks * MS;
    until = MIN(until, fake.stop_ns);
    while (sem->count == 0 && fake.now_ns < until) {
        pass_until(fake.now_ns + US);
    }
    stop_if_it_is_time();
    if (sem->count == 0) {
        return -EAGAIN;
    }
    sem->count = 0;
    return 0;
}

void k_sem_give(struct k_sem *sem) {
    sem->count = 1;
}

unsigned int irq_lock(void) {
    return fake.locked++;
}

void irq_unlock(unsigned int key) {
    fake.locked = key;
    fake_uart_interrupt();
}

/* ---- the thread, the device tree's devices ---- */

k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size, k_thread_entry_t run,
                        void *a, void *b, void *c, int priority, uint32_t options, k_timeout_t delay) {
    (void)stack;
    (void)stack_size;
    (void)a;
    (void)b;
    (void)c;
    (void)priority;
    (void)options;
    (void)delay;
    entry = run;
    created = thread;
    return thread;
}

/* The thread goes on until it returns. */
int k_thread_join(struct k_thread *thread, k_timeout_t timeout) {
    CHECK(thread == created && timeout.ticks < 0);
    fake.stop_ns = fake.now_ns + (uint64_t)10000 * MS;
    in_thread = true;
    bool returned = false;
    if (setjmp(fake.stop) == 0) {
        entry(NULL, NULL, NULL);
        returned = true;
    }
    CHECK(returned);
    in_thread = false;
    fake.stop_ns = FAKE_NEVER;
    return 0;
}

k_tid_t k_current_get(void) {
    return in_thread ? created : NULL;
}

void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period) {
    periodic.timer = timer;
    periodic.next_ns = fake.now_ns + (uint64_t)duration.ticks * MS;
    periodic.period_ns = (uint64_t)period.ticks * MS;
}

int k_thread_name_set(k_tid_t thread, const char *name) {
    (void)thread;
    (void)name;
    return 0;
}

bool device_is_ready(const struct device *dev) {
    return dev == &fake_entropy    ? !fake.entropy_missing
           : dev == &fake_watchdog ? !fake.watchdog_missing
                                   : !fake.uart.not_ready;
}

int entropy_get_entropy(const struct device *dev, uint8_t *buffer, uint16_t length) {
    (void)dev;
    fake.now_ns += 12347;
    check_noise(buffer, length, (uint32_t)fake.now_ns);
    return 0;
}

struct onoff_manager *z_nrf_clock_control_get_onoff(clock_control_subsys_t sys) {
    static struct onoff_manager high_frequency;
    return sys == CLOCK_CONTROL_NRF_SUBSYS_HF ? &high_frequency : NULL;
}

int onoff_request(struct onoff_manager *mgr, struct onoff_client *cli) {
    (void)cli;
    CHECK(mgr != NULL);
    fake.crystal = true;
    return 0;
}

int onoff_cancel_or_release(struct onoff_manager *mgr, struct onoff_client *cli) {
    (void)cli;
    CHECK(mgr != NULL && fake.crystal);
    fake.crystal = false;
    return 0;
}

ssize_t hwinfo_get_device_id(uint8_t *buffer, size_t length) {
    static const uint8_t id[] = {0x50, 0x36, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0x0F};
    memcpy(buffer, id, MIN(length, sizeof id));
    return (ssize_t)sizeof id;
}

void sys_reboot(int type) {
    CHECK_EQ(SYS_REBOOT_COLD, type);
    fake.resets++;
    longjmp(fake.stop, 1);
}
