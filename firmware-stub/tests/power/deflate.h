/* A small deflater for tests: one block of fixed codes, the longest match that a table of three bytes finds. */
#ifndef STUB_TESTS_DEFLATE_H
#define STUB_TESTS_DEFLATE_H

#include <stdint.h>

/* Deflates count bytes that stand behind `before` bytes of dictionary; returns how many bytes came out, or 0 where that
 * were more than capacity. */
uint32_t deflate(const uint8_t *bytes, uint32_t before, uint32_t count, uint8_t *out, uint32_t capacity);

#endif
