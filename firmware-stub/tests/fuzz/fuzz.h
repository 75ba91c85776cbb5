/* A fuzz target is one function; what must hold is CHECKed, and a check that fails ends the program. */
#ifndef STUB_TESTS_FUZZ_H
#define STUB_TESTS_FUZZ_H

#include <stdlib.h>

#include "../check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

#endif
