#ifndef STUB_CRC32C_H
#define STUB_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32C (Castagnoli) as in SPEC.md section 2. */
uint32_t stub_crc32c(const uint8_t *bytes, size_t count);

#endif
