/*
 * What the glue uses of Zephyr, declared anew from its documentation so that the glue compiles and runs on a host. All
 * headers below this directory are of that kind; platform/zephyr/module/src/declarations_check.c holds them against the
 * SDK's own. fakes.h says what the functions do here.
 */
#ifndef FAKE_ZEPHYR_KERNEL_H
#define FAKE_ZEPHYR_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <zephyr/device.h>
#include <zephyr/sys/util.h>

typedef struct {
    int64_t ticks;
} k_timeout_t;

#define K_NO_WAIT ((k_timeout_t){0})
#define K_FOREVER ((k_timeout_t){-1})
#define K_MSEC(ms) ((k_timeout_t){(ms)})

struct k_sem {
    unsigned int count;
};

struct k_timer;
typedef void (*k_timer_expiry_t)(struct k_timer *timer);

struct k_timer {
    k_timer_expiry_t expiry;
};

struct k_thread {
    int unused;
};

typedef struct k_thread *k_tid_t;
typedef uint8_t k_thread_stack_t;
typedef void (*k_thread_entry_t)(void *, void *, void *);

#define K_SEM_DEFINE(name, initial, limit) struct k_sem name = {initial}
#define K_TIMER_DEFINE(name, expiry_fn, stop_fn) struct k_timer name = {expiry_fn}
#define K_THREAD_STACK_DEFINE(name, size) k_thread_stack_t name[size]
#define K_THREAD_STACK_SIZEOF(name) (sizeof name)

unsigned int irq_lock(void);
void irq_unlock(unsigned int key);
int32_t k_sleep(k_timeout_t timeout);
uint32_t k_uptime_get_32(void);
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);
void k_sem_give(struct k_sem *sem);
k_tid_t k_thread_create(struct k_thread *thread, k_thread_stack_t *stack, size_t stack_size, k_thread_entry_t entry,
                        void *a, void *b, void *c, int priority, uint32_t options, k_timeout_t delay);
int k_thread_join(struct k_thread *thread, k_timeout_t timeout);
k_tid_t k_current_get(void);
void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);
int k_thread_name_set(k_tid_t thread, const char *name);

#endif
