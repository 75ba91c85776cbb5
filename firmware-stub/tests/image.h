/* MCUboot images for tests: header, body with the stub's marker, hash TLV, no signature. */
#ifndef STUB_TESTS_IMAGE_H
#define STUB_TESTS_IMAGE_H

#include <stdint.h>

#define TEST_IMAGE_AROUND (0x200u + 40u) /* header and TLVs */

/* Makes the image around body bytes that stand at into + 0x200 already, at least 16 of them; returns its size. */
uint32_t test_image(uint8_t *into, uint32_t body, uint8_t version);

#endif
