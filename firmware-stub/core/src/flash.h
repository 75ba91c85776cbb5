#ifndef STUB_FLASH_H
#define STUB_FLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "stub/state.h"
#include "wire.h"

#define STUB_PROGRAM_SLICE 256u
#define STUB_HASH_SLICE 1024u

/* All return an enum stub_code. Offsets are relative to the slot. */

/* Tells whether the page at offset reads 0xFF throughout. */
uint8_t stub_flash_is_blank(struct stub_session *s, uint32_t offset, bool *blank);
/* Erases the page at offset, counts it, and checks that it is blank. */
uint8_t stub_flash_erase(struct stub_session *s, uint32_t offset);
/* Erases the page at offset unless it is blank, or in any case if forced. */
uint8_t stub_flash_make_blank(struct stub_session *s, uint32_t offset, bool force);
/* Programs at most STUB_PROGRAM_SLICE bytes but for words of 0xFF, reads them back and compares. */
uint8_t stub_flash_program(struct stub_session *s, uint32_t offset, const uint8_t *bytes, uint32_t count);
/* Adds count bytes of flash to the image's hash. */
uint8_t stub_flash_hash(const struct stub_session *s, uint32_t offset, uint32_t count, struct stub_sha256 *sha);
/* Adds count bytes of flash, a multiple of 256, to a page's digest. */
uint8_t stub_flash_digest(const struct stub_session *s, uint32_t offset, uint32_t count, struct stub_siphash *sip);

/* Offset of an image page, and of the page with MCUboot's trailer. */
uint32_t stub_flash_page(const struct stub_session *s, uint32_t page);
uint32_t stub_flash_trailer(const struct stub_session *s);
/* Bytes between the start of the image area and the trailer page. */
uint32_t stub_flash_image_area(const struct stub_session *s);

#endif
