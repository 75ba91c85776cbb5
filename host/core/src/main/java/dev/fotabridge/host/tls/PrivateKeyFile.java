package dev.fotabridge.host.tls;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.tls.PemText.Block;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads private keys in every PEM form in use: PKCS#1 (as AWS issues them), PKCS#8, SEC1, encrypted or not. The
 * key ends up in the platform's own classes, so that nothing of Bouncy Castle is needed for TLS itself.
 * Tested by ClientIdentityTest.
 */
final class PrivateKeyFile {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private final Path file;
    private final Optional<String> password;

    private PrivateKeyFile(Path file, Optional<String> password) {
        this.file = file;
        this.password = password;
    }

    static PrivateKey read(Path file, Optional<String> password) throws FotaException {
        return new PrivateKeyFile(file, password).read();
    }

    private PrivateKey read() throws FotaException {
        Block block = block();
        try (Reader text = new StringReader(block.text());
                PEMParser parser = new PEMParser(text)) {
            return platformKey(keyInfo(parser.readObject()));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            // Damage shows as whatever the decoder stumbles over, and a wrong password as damage.
            throw block.isEncrypted()
                    ? refusal("cannot be decrypted: check the password in FOTA_BRIDGE_KEY_PASSWORD.")
                    : refusal("is damaged: it cannot be decoded.");
        }
    }

    /** The first key; before an EC key made by openssl its curve has a block, and a certificate may stand there too. */
    private Block block() throws FotaException {
        PemText pem = new PemText(TlsFiles.bytes(file, "private key"));
        List<Block> keys = pem.blocks(type -> type.endsWith("PRIVATE KEY"));
        if (keys.isEmpty()) {
            boolean certificate = !pem.blocks("CERTIFICATE"::equals).isEmpty();
            throw refusal(
                    certificate
                            ? "holds a certificate and no private key: it is the other one of the two files."
                            : pem.why("private key"));
        }
        if (keys.get(0).type().equals("OPENSSH PRIVATE KEY")) {
            throw refusal("is in OpenSSH's own form: convert a copy with ssh-keygen -p -m PKCS8 -f FILE.");
        }
        if (!pem.cause().isEmpty() && !isBase64(keys.get(0))) {
            throw refusal(pem.cause());
        }
        return named(keys.get(0));
    }

    /** The block under the name of what it holds: OpenSSL goes by the bytes, and people rename blocks. */
    private static Block named(Block block) {
        if (block.isEncrypted() || !isBase64(block)) {
            return block;
        }
        String type = KeyKind.blockType(block.der()).orElse(block.type());
        return new Block(
                type,
                block.text()
                        .replace("-----BEGIN " + block.type() + "-", "-----BEGIN " + type + "-")
                        .replace("-----END " + block.type() + "-", "-----END " + type + "-"));
    }

    private static boolean isBase64(Block block) {
        try {
            return block.der().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private PrivateKeyInfo keyInfo(Object part)
            throws IOException, PKCSException, OperatorCreationException, FotaException {
        if (part instanceof PrivateKeyInfo info) {
            return info;
        } else if (part instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        } else if (part instanceof PEMEncryptedKeyPair pair) {
            return pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(requiredPassword()))
                    .getPrivateKeyInfo();
        } else if (part instanceof PKCS8EncryptedPrivateKeyInfo info) {
            return info.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(requiredPassword()));
        }
        throw refusal("is of a form that is not known here: convert a copy with openssl pkcs8 -topk8.");
    }

    private char[] requiredPassword() throws FotaException {
        return password.orElseThrow(() ->
                        refusal("is encrypted: give its password in the environment, as FOTA_BRIDGE_KEY_PASSWORD."))
                .toCharArray();
    }

    private PrivateKey platformKey(PrivateKeyInfo info) throws IOException, FotaException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            } catch (GeneralSecurityException e) {
                // Not of this algorithm; the other one may know it.
                continue;
            }
        }
        throw refusal("is " + KeyKind.of(info.getPrivateKeyAlgorithm()) + "; AWS IoT takes RSA and EC keys.");
    }

    /** Causes are left out: the text of a parser's complaint may quote the key. */
    private FotaException refusal(String what) {
        return TlsFiles.refusal("The private key " + file + " " + what, null);
    }
}
