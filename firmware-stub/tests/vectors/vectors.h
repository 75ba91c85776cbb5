/* The files of protocol/vectors, whose README.md defines the format. */
#ifndef STUB_TESTS_VECTORS_H
#define STUB_TESTS_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VECTOR_BYTES_MAX 16384

struct vector {
    const char *name;
    bool accept;
    const char *reason; /* of a rejection */
    uint8_t type;       /* messages.vec */
    uint8_t bytes[VECTOR_BYTES_MAX];
    size_t count;
    const char *form;
};

/* Calls use for each case; false if the file cannot be read or a line is not in the format. */
bool vectors_read(const char *path, void (*use)(const struct vector *v));

/* Reads hex up to the first other character; returns how many bytes. */
size_t vector_hex(const char *hex, uint8_t *into, size_t capacity);

void check_frame_vector(const struct vector *v);
void check_message_vector(const struct vector *v);

/* Plays the worked exchange in SPEC.md; false if there is none. */
bool check_exchange(const char *path);

#endif
