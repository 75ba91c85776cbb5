package dev.fotabridge.host.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeyFileTest {
    @ParameterizedTest
    @CsvSource({
        "root-ec-p256-pub.pem, ECDSA, root-ec-p256.pem",
        "root-rsa-2048-pub.pem, RSA_2048, root-rsa-2048.pem",
        "root-rsa-3072-pub.pem, RSA_3072, root-rsa-3072.pem",
        "root-ed25519-pub.pem, ED25519, root-ed25519.pem"
    })
    void hashesKeysAsImgtoolDoes(String file, SignatureType type, String known) throws Exception {
        PublicKeyFile key = SampleImages.key(file);
        assertEquals(type, key.signatureType());
        assertEquals(known, KnownKeys.nameOf(key.keyHash()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN PRIVATE KEY-----, private key",
        "-----BEGIN EC PRIVATE KEY-----, private key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----, private key",
        "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', CERTIFICATE",
        "'-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----', damaged",
        "'-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', no public key",
        "nothing, no PEM file"
    })
    void refusesOtherFiles(String pem, String words) {
        FotaException refusal = assertThrows(FotaException.class, () -> PublicKeyFile.parse(pem, "my.pem"));
        assertEquals(Reason.CONFIGURATION, refusal.reason());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("my.pem"), refusal.getMessage());
    }

    @Test
    void findsTheKeyAmongOtherThings() throws Exception {
        String pem = new String(SampleImages.load("root-ec-p256-pub.pem"), StandardCharsets.US_ASCII);
        String other = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        assertEquals(
                SampleImages.key("root-ec-p256-pub.pem").keyHash(),
                PublicKeyFile.parse("\u00EF\u00BB\u00BF" + other + pem, "my.pem")
                        .keyHash());
        FotaException refusal =
                assertThrows(FotaException.class, () -> PublicKeyFile.parse(pem.replace("\n", "\\n"), "my.pem"));
        assertTrue(refusal.getMessage().contains("my.pem has the two characters \\n"), refusal.getMessage());
    }

    @Test
    void refusesAnotherCurve() {
        FotaException refusal = assertThrows(FotaException.class, () -> SampleImages.key("root-ec-p384-pub.pem"));
        assertTrue(refusal.getMessage().contains("P-256"), refusal.getMessage());
    }

    @Test
    void namesAMissingFile() {
        FotaException refusal =
                assertThrows(FotaException.class, () -> PublicKeyFile.read(Path.of("/nowhere/key.pem")));
        assertTrue(refusal.getMessage().contains("/nowhere/key.pem"), refusal.getMessage());
    }
}
