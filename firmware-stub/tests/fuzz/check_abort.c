/* check.h for fuzz targets: the first check that fails is a finding. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../check.h"

void check_begin(const char *case_name) {
    (void)case_name;
}

void check_that(bool holds, const char *text, const char *file, int line) {
    if (!holds) {
        fprintf(stderr, "%s:%d: %s\n", file, line, text);
        abort();
    }
}

void check_equal(int64_t wanted, int64_t got, const char *text, const char *file, int line) {
    if (wanted != got) {
        fprintf(stderr, "%s: wanted %" PRId64 ", got %" PRId64 "\n", text, wanted, got);
        check_that(false, text, file, line);
    }
}

bool check_passes(void) {
    return true;
}
