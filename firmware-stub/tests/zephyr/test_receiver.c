/* The buffers between interrupt and thread, without any Zephyr. */
#include "../check.h"
#include "receiver.h"

#define SIZE 16u

static uint8_t memory[3 * SIZE + 5];
static struct receiver r;

static void fill(uint8_t *buffer, size_t from, size_t to, uint8_t first) {
    for (size_t i = from; i < to; i++) {
        buffer[i] = (uint8_t)(first + i);
    }
    receiver_filled(&r, buffer, to);
}

static void start(const char *name) {
    check_begin(name);
    receiver_init(&r, memory, sizeof memory, SIZE);
}

static size_t take(uint8_t first) {
    const uint8_t *bytes;
    size_t count = receiver_peek(&r, &bytes);
    CHECK(count == 0 || bytes[0] == first);
    receiver_consume(&r, count);
    return count;
}

static void cuts_memory_into_whole_buffers(void) {
    start("cuts memory into whole buffers");
    uint8_t *a = receiver_give(&r);
    uint8_t *b = receiver_give(&r);
    uint8_t *c = receiver_give(&r);
    CHECK(a == memory && b == memory + SIZE && c == memory + 2 * SIZE);
    CHECK(receiver_give(&r) == NULL);
    receiver_init(&r, memory, sizeof memory, 1);
    CHECK_EQ(RECEIVER_BUFFERS_MAX, r.count);
}

static void hands_over_bytes_in_their_order(void) {
    start("hands over bytes in their order");
    uint8_t *a = receiver_give(&r);
    uint8_t *b = receiver_give(&r);
    fill(a, 0, 4, 10);
    CHECK_EQ(4, take(10));
    CHECK_EQ(0, take(0));
    fill(a, 4, SIZE, 10);
    receiver_released(&r, a);
    fill(b, 0, 3, 50);
    CHECK_EQ(SIZE - 4, take(14));
    CHECK_EQ(3, take(50));
}

static void takes_part_of_a_buffer(void) {
    const uint8_t *bytes;
    start("takes part of a buffer");
    fill(receiver_give(&r), 0, 8, 1);
    CHECK_EQ(8, receiver_peek(&r, &bytes));
    receiver_consume(&r, 3);
    CHECK_EQ(5, receiver_peek(&r, &bytes));
    CHECK_EQ(4, bytes[0]);
}

/* Each buffer comes round many times, also those that came back empty. */
static void goes_round(void) {
    start("goes round");
    for (unsigned round = 0; round < 1000; round++) {
        uint8_t *buffer = receiver_give(&r);
        CHECK(buffer == memory + round % 3 * SIZE);
        size_t count = round % (SIZE + 1);
        fill(buffer, 0, count, (uint8_t)round);
        receiver_released(&r, buffer);
        CHECK_EQ(count, take((uint8_t)round));
    }
}

static void keeps_a_buffer_until_it_is_read(void) {
    start("keeps a buffer until it is read");
    for (unsigned i = 0; i < 3; i++) {
        uint8_t *buffer = receiver_give(&r);
        fill(buffer, 0, SIZE, (uint8_t)(20 * i));
        receiver_released(&r, buffer);
    }
    CHECK(receiver_give(&r) == NULL);
    CHECK_EQ(SIZE, take(0));
    CHECK(receiver_give(&r) == memory);
    CHECK(receiver_give(&r) == NULL);
}

/* A buffer that was read to its end is still the driver's until it says otherwise. */
static void leaves_the_driver_its_buffer(void) {
    start("leaves the driver its buffer");
    uint8_t *a = receiver_give(&r);
    fill(a, 0, 5, 0);
    CHECK_EQ(5, take(0));
    receiver_give(&r);
    receiver_give(&r);
    CHECK(receiver_give(&r) == NULL);
    receiver_released(&r, a);
    CHECK_EQ(0, take(0));
    CHECK(receiver_give(&r) == a);
}

static void takes_back_what_the_driver_refused(void) {
    start("takes back what the driver refused");
    uint8_t *a = receiver_give(&r);
    for (unsigned i = 0; i < 10; i++) {
        CHECK(receiver_give(&r) == memory + SIZE);
        receiver_take_back(&r);
    }
    fill(a, 0, 3, 9);
    CHECK_EQ(3, take(9));
}

static void does_not_believe_nonsense(void) {
    start("does not believe nonsense");
    uint8_t *a = receiver_give(&r);
    fill(a, 0, 6, 0);
    receiver_filled(&r, a, 4);
    receiver_filled(&r, a, SIZE + 1);
    receiver_filled(&r, memory + 3 * SIZE, 3);
    receiver_released(&r, memory + sizeof memory);
    CHECK_EQ(6, take(0));
}

int main(void) {
    cuts_memory_into_whole_buffers();
    hands_over_bytes_in_their_order();
    takes_part_of_a_buffer();
    goes_round();
    keeps_a_buffer_until_it_is_read();
    leaves_the_driver_its_buffer();
    takes_back_what_the_driver_refused();
    does_not_believe_nonsense();
    return check_summary("zephyr, receiver");
}
