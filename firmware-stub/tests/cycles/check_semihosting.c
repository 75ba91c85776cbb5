/* check.h where there is no stdio: programs in QEMU. */
#include "../check.h"
#include "semihosting.h"

static const char *name = "";
static bool failed;

void check_begin(const char *case_name) {
    name = case_name;
}

void check_that(bool holds, const char *text, const char *file, int line) {
    (void)file;
    (void)line;
    if (!holds) {
        failed = true;
        semihosting_print(name);
        semihosting_print(": ");
        semihosting_print(text);
        semihosting_print(" does not hold\n");
    }
}

void check_equal(int64_t wanted, int64_t got, const char *text, const char *file, int line) {
    check_that(wanted == got, text, file, line);
}

bool check_passes(void) {
    return !failed;
}
