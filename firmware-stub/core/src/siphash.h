/*
 * HalfSipHash-2-4 with 64 bits out (Aumasson and Bernstein's SipHash on 32-bit words; github.com/veorq/SipHash): a
 * keyed hash, six instructions a byte where SHA-256 takes 36. Whole words only, which is all that a page has.
 */
#ifndef STUB_SIPHASH_H
#define STUB_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

#include "stub/state.h"

void stub_siphash_start(struct stub_siphash *sip, const uint8_t key[8]);
/* count is a multiple of 4. */
void stub_siphash_add(struct stub_siphash *sip, const uint8_t *bytes, size_t count);
void stub_siphash_end(struct stub_siphash *sip, uint8_t hash[8]);

#endif
