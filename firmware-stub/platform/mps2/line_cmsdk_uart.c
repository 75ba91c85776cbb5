#include "line_cmsdk_uart.h"

#include <stdatomic.h>

#include "cpu.h"

#define UART 0x50200000u
#define RECEIVE_INTERRUPT 32u

/* CMSDK APB UART. */
enum { DATA = 0x0, STATE = 0x4, CTRL = 0x8, INTERRUPT = 0xc, DIVIDER = 0x10 };
enum { STATE_SEND_FULL = 1u };
enum { CTRL_SEND = 1u, CTRL_RECEIVE = 2u, CTRL_RECEIVE_INTERRUPT = 8u };
enum { INTERRUPT_RECEIVE = 2u };

/* Free-running counts; the interrupt owns head, the main loop tail. */
static uint8_t ring[LINE_RING_SIZE];
static _Atomic uint32_t head;
static _Atomic uint32_t tail;

void line_init(void) {
    *cpu_register(UART + DIVIDER) = 20; /* 20 MHz / 20 = 1 Mbaud; QEMU only wants it to be 16 or more */
    *cpu_register(UART + CTRL) = CTRL_SEND | CTRL_RECEIVE | CTRL_RECEIVE_INTERRUPT;
    cpu_interrupt_enable(RECEIVE_INTERRUPT);
}

/* One byte an interrupt, cleared before the byte is taken, or the next one's could be cleared with it. */
void line_receive_interrupt(void) {
    *cpu_register(UART + INTERRUPT) = INTERRUPT_RECEIVE;
    uint8_t byte = (uint8_t)*cpu_register(UART + DATA);
    uint32_t at = atomic_load_explicit(&head, memory_order_relaxed);
    if (at - atomic_load_explicit(&tail, memory_order_acquire) < LINE_RING_SIZE) {
        ring[at % LINE_RING_SIZE] = byte;
        atomic_store_explicit(&head, at + 1, memory_order_release);
    }
}

size_t line_received(const uint8_t **bytes) {
    uint32_t from = atomic_load_explicit(&tail, memory_order_relaxed);
    uint32_t count = atomic_load_explicit(&head, memory_order_acquire) - from;
    uint32_t to_end = LINE_RING_SIZE - from % LINE_RING_SIZE;
    *bytes = &ring[from % LINE_RING_SIZE];
    return count < to_end ? count : to_end;
}

void line_consume(size_t count) {
    atomic_fetch_add_explicit(&tail, (uint32_t)count, memory_order_release);
}

size_t line_send(const uint8_t *bytes, size_t count) {
    size_t sent = 0;
    while (sent < count && (*cpu_register(UART + STATE) & STATE_SEND_FULL) == 0) {
        *cpu_register(UART + DATA) = bytes[sent++];
    }
    return sent;
}
