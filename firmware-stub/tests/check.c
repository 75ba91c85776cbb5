#include "check.h"

#include <inttypes.h>
#include <stdio.h>

static const char *name = "";
static long count;
static long failures;

void check_begin(const char *case_name) {
    name = case_name;
}

void check_that(bool holds, const char *text, const char *file, int line) {
    count++;
    if (!holds) {
        failures++;
        fprintf(stderr, "%s:%d: %s: %s\n", file, line, name, text);
    }
}

void check_equal(int64_t wanted, int64_t got, const char *text, const char *file, int line) {
    count++;
    if (wanted != got) {
        failures++;
        fprintf(stderr, "%s:%d: %s: %s: wanted %" PRId64 ", got %" PRId64 "\n", file, line, name, text, wanted, got);
    }
}

bool check_passes(void) {
    return failures == 0;
}

int check_summary(const char *program) {
    printf("%s: %ld checks, %ld failed\n", program, count, failures);
    return failures == 0 && count > 0 ? 0 : 1;
}
