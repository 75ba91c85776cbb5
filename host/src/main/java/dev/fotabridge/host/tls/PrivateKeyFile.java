package dev.fotabridge.host.tls;

import dev.fotabridge.host.outcome.FotaException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads private keys in every PEM form that is about: PKCS#1 (as AWS issues them), PKCS#8, SEC1, encrypted or not. The
 * key ends up in the platform's own classes, so that nothing of Bouncy Castle is needed for TLS itself.
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
        TlsFiles.requireReadable(file, "private key");
        String pem;
        try {
            pem = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw TlsFiles.unreadable(file, "private key", e);
        }
        try (Reader text = new StringReader(pem);
                PEMParser parser = new PEMParser(text)) {
            return platformKey(keyInfo(parser));
        } catch (PEMException | PKCSException e) {
            throw password.isPresent()
                    ? refusal("cannot be decrypted: check the password in FOTA_BRIDGE_KEY_PASSWORD.")
                    : refusal("is damaged: it cannot be decoded.");
        } catch (IOException | OperatorCreationException e) {
            throw refusal("is damaged: it cannot be decoded.");
        }
    }

    private PrivateKeyInfo keyInfo(PEMParser parser)
            throws IOException, PKCSException, OperatorCreationException, FotaException {
        for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
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
            } else if (part instanceof X509CertificateHolder) {
                throw refusal("holds a certificate: it is the other one of the two files.");
            }
            // An EC key made by openssl has its curve in a block before it.
        }
        throw refusal("holds no private key (-----BEGIN … PRIVATE KEY-----).");
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
        throw refusal("is neither RSA nor EC, which is all that AWS IoT takes.");
    }

    /** Causes are left out: the text of a parser's complaint may quote the key. */
    private FotaException refusal(String what) {
        return TlsFiles.refusal("The private key " + file + " " + what, null);
    }
}
