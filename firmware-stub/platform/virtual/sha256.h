/*
 * SHA-256 as the bootloader computes it. Its own code on purpose: a mistake in the stub's digest must not be able to
 * hide behind the same mistake here.
 */
#ifndef VIRTUAL_SHA256_H
#define VIRTUAL_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define BOOT_SHA256_SIZE 32u

struct boot_sha256 {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
};

void boot_sha256_init(struct boot_sha256 *hash);
void boot_sha256_update(struct boot_sha256 *hash, const void *bytes, size_t count);
void boot_sha256_finish(struct boot_sha256 *hash, uint8_t digest[BOOT_SHA256_SIZE]);

#endif
