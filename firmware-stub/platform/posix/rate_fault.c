#include "rate_fault.h"

#include <stdlib.h>

#include "uarte.h"

#define BILLION 1000000000u

/* A number, and the colon behind it if there is more. */
static bool read_number(const char **text, uint32_t limit, uint32_t *number) {
    char *end;
    unsigned long parsed = strtoul(*text, &end, 10);
    bool right = **text >= '0' && **text <= '9' && parsed <= limit && (*end == ':' || *end == '\0');
    *number = (uint32_t)parsed;
    *text = *end == ':' ? end + 1 : end;
    return right;
}

bool rate_fault_read(struct rate_fault *fault, const char *text) {
    uint32_t wrong = 0;
    uint32_t after = 0;
    bool right = read_number(&text, BILLION, &fault->baud) && read_number(&text, BILLION, &wrong);
    right = right && (*text == '\0' || read_number(&text, BILLION, &after)) && *text == '\0';
    fault->wrong_bits = uarte_share_of_bits(wrong);
    fault->after = after;
    fault->random = 3;
    return right;
}

bool rate_faults_add(struct rate_fault *faults, const char *text) {
    for (unsigned i = 0; i < RATE_FAULTS_MAX; i++) {
        if (faults[i].baud == 0) {
            return rate_fault_read(&faults[i], text);
        }
    }
    return false;
}

uint8_t rate_faults_apply(struct rate_fault *faults, uint32_t baud, uint8_t byte) {
    for (unsigned i = 0; i < RATE_FAULTS_MAX; i++) {
        struct rate_fault *fault = &faults[i];
        if (fault->baud == baud && fault->after > 0) {
            fault->after--;
        } else if (fault->baud == baud) {
            byte = uarte_wrong_bits(byte, fault->wrong_bits, &fault->random);
        }
    }
    return byte;
}
