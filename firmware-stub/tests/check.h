/* Assertions for C tests: a failure is printed with the name of the case, and counted; check_summary() is main's
 * result. */
#ifndef STUB_TESTS_CHECK_H
#define STUB_TESTS_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

void check_begin(const char *case_name);
void check_that(bool holds, const char *text, const char *file, int line);
void check_equal(int64_t wanted, int64_t got, const char *text, const char *file, int line);
/* True as long as nothing has failed. */
bool check_passes(void);
int check_summary(const char *program);

/* Bytes that look random and are the same every time. */
static inline void check_noise(uint8_t *into, uint32_t size, uint32_t seed) {
    for (uint32_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        into[i] = (uint8_t)(seed >> 24);
    }
}

#define CHECK(holds) check_that((holds), #holds, __FILE__, __LINE__)
#define CHECK_EQ(wanted, got) check_equal((int64_t)(wanted), (int64_t)(got), #got, __FILE__, __LINE__)
#define CHECK_BYTES(wanted, got, count) CHECK(memcmp((wanted), (got), (count)) == 0)

#endif
