#ifndef FAKE_ZEPHYR_UTIL_H
#define FAKE_ZEPHYR_UTIL_H

#include <assert.h>

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ARG_UNUSED(x) (void)(x)
#define BUILD_ASSERT(condition, message) _Static_assert(condition, message)
#ifndef __aligned /* newlib has it too */
#define __aligned(n) __attribute__((aligned(n)))
#endif

/* 1 if the option is defined as 1, 0 if it is not defined. */
#define FAKE_COMMA_1 0,
#define IS_ENABLED(option) IS_ENABLED_1(option)
#define IS_ENABLED_1(value) IS_ENABLED_2(FAKE_COMMA_##value)
#define IS_ENABLED_2(comma_or_junk) IS_ENABLED_3(comma_or_junk 1, 0, 0)
#define IS_ENABLED_3(ignored, result, ...) result

#endif
