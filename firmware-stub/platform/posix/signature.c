#include "signature.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

struct boot_key {
    EVP_PKEY *key;
    uint16_t type; /* the signature TLV that fits the key */
    uint8_t hash[SHA256_DIGEST_LENGTH];
};

static EVP_PKEY *read_pem(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return NULL;
    }
    EVP_PKEY *key = PEM_read_PUBKEY(file, NULL, NULL, NULL);
    if (key == NULL) {
        rewind(file);
        key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    }
    fclose(file);
    return key;
}

static uint16_t tlv_type(const EVP_PKEY *key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return EVP_PKEY_get_bits(key) == 2048   ? BOOT_TLV_RSA2048
               : EVP_PKEY_get_bits(key) == 3072 ? BOOT_TLV_RSA3072
                                                : 0;
    case EVP_PKEY_EC:
        return EVP_PKEY_get_bits(key) == 256 ? BOOT_TLV_ECDSA : 0;
    case EVP_PKEY_ED25519:
        return BOOT_TLV_ED25519;
    default:
        return 0;
    }
}

/* MCUboot names an RSA key by its PKCS #1 form and the others by SubjectPublicKeyInfo. */
static bool hash_key(struct boot_key *key) {
    unsigned char *der = NULL;
    bool rsa = EVP_PKEY_get_base_id(key->key) == EVP_PKEY_RSA;
    int length = rsa ? i2d_PublicKey(key->key, &der) : i2d_PUBKEY(key->key, &der);
    if (length <= 0) {
        return false;
    }
    SHA256(der, (size_t)length, key->hash);
    OPENSSL_free(der);
    return true;
}

struct boot_key *boot_key_load(const char *path) {
    struct boot_key *key = calloc(1, sizeof *key);
    if (key == NULL) {
        return NULL;
    }
    key->key = read_pem(path);
    if (key->key != NULL) {
        key->type = tlv_type(key->key);
    }
    if (key->type == 0 || !hash_key(key)) {
        boot_key_free(key);
        return NULL;
    }
    return key;
}

void boot_key_free(struct boot_key *key) {
    if (key != NULL) {
        EVP_PKEY_free(key->key);
        free(key);
    }
}

/* The digest is what is signed; Ed25519 takes it as its message. */
static bool verify_digest(const struct boot_key *key, const uint8_t *digest, const uint8_t *signature, size_t length) {
    if (key->type == BOOT_TLV_ED25519) {
        EVP_MD_CTX *message = EVP_MD_CTX_new();
        bool good = message != NULL && EVP_DigestVerifyInit(message, NULL, NULL, NULL, key->key) == 1 &&
                    EVP_DigestVerify(message, signature, length, digest, BOOT_SHA256_SIZE) == 1;
        EVP_MD_CTX_free(message);
        return good;
    }
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->key, NULL);
    bool good = context != NULL && EVP_PKEY_verify_init(context) == 1;
    if (good && key->type != BOOT_TLV_ECDSA) {
        good = EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    good = good && EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_verify(context, signature, length, digest, BOOT_SHA256_SIZE) == 1;
    EVP_PKEY_CTX_free(context);
    return good;
}

bool boot_key_verify(void *context, const uint8_t *key_hash, uint16_t key_hash_length, uint16_t type,
                     const uint8_t digest[BOOT_SHA256_SIZE], const uint8_t *signature, uint16_t length) {
    const struct boot_key *key = context;
    return type == key->type && key_hash_length == sizeof key->hash &&
           memcmp(key_hash, key->hash, sizeof key->hash) == 0 && verify_digest(key, digest, signature, length);
}
