/* A line that does not carry one of its rates well: bits arrive wrong at that rate, from some byte on. */
#ifndef POSIX_RATE_FAULT_H
#define POSIX_RATE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#define RATE_FAULTS_MAX 4u

struct rate_fault {
    uint32_t baud;       /* 0: no fault */
    uint32_t wrong_bits; /* of 2^32 data bits */
    uint32_t after;      /* so many bytes at this rate come right first, both ways together */
    uint32_t random;
};

/* Reads RATE:WRONG[:AFTER], WRONG of 10^9 bits; false if it is something else. */
bool rate_fault_read(struct rate_fault *fault, const char *text);

/* Puts one more into an array of RATE_FAULTS_MAX; false if it is full, or the text is something else. */
bool rate_faults_add(struct rate_fault *faults, const char *text);

/* The byte as it arrives at this rate. */
uint8_t rate_faults_apply(struct rate_fault *faults, uint32_t baud, uint8_t byte);

#endif
