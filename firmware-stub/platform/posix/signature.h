/* The bootloader's key, checked with libcrypto as MCUboot checks it. */
#ifndef POSIX_SIGNATURE_H
#define POSIX_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

#include "../virtual/boot.h"

struct boot_key;

/* Reads a PEM file with a public or private key: EC P-256, RSA 2048 or 3072, Ed25519. NULL when it is none of these. */
struct boot_key *boot_key_load(const char *path);
void boot_key_free(struct boot_key *key);

/* A boot_verify; context is the key. */
bool boot_key_verify(void *context, const uint8_t *key_hash, uint16_t key_hash_length, uint16_t type,
                     const uint8_t digest[BOOT_SHA256_SIZE], const uint8_t *signature, uint16_t length);

#endif
