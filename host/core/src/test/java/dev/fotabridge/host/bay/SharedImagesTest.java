package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.image.SignatureCheck;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boards that get one image hold its bytes once, but never more checked, or less, than each was to have it. */
final class SharedImagesTest {
    private static final SigningKey SIGNER = SigningKey.generate(SignatureKind.ECDSA_P256);

    @TempDir
    Path directory;

    private final SharedImages images = new SharedImages();

    private CachedImage file(String name, ImageBuilder image) throws IOException {
        BuiltImage built = image.build();
        Path path = built.writeTo(directory.resolve(name));
        return new CachedImage(path, Sha256.parse(built.fileSha256()), built.bytes().length);
    }

    private static ImageBuilder signed() {
        return new ImageBuilder().size(20_000).key(SIGNER);
    }

    private static UpdateOptions options(CompleteOn completeOn, Optional<Path> publicKey) {
        return new UpdateOptions(publicKey, completeOn, Optional.empty(), false, Optional.empty());
    }

    private static UpdateOptions plain() {
        return options(CompleteOn.CONFIRMED, Optional.empty());
    }

    private Optional<Path> key(SigningKey key) throws IOException {
        return Optional.of(Files.writeString(directory.resolve("key.pem"), key.publicPem()));
    }

    @Test
    void twoBaysHoldOneCopy() throws Exception {
        CachedImage file = file("app.bin", signed());
        PreparedImage first = images.prepared(file, plain());

        assertSame(first, images.prepared(file, plain()));
        PreparedImage own = PreparedImage.of(file.path(), plain());
        assertNotSame(first, own);
        assertSame(first, images.share(own));
    }

    @Test
    void anotherFileIsAnotherImage() throws Exception {
        PreparedImage first = images.prepared(file("a.bin", signed()), plain());
        PreparedImage other = images.prepared(file("b.bin", signed().version("9.0.0")), plain());

        assertNotSame(first, other);
        assertEquals("9.0.0", other.version());
    }

    /** The first bay was asked for no signature, so its copy says that none was checked. */
    @Test
    void aPublicKeyIsCheckedWhateverAnotherBayHolds() throws Exception {
        CachedImage file = file("app.bin", signed());
        PreparedImage unchecked = images.prepared(file, plain());
        PreparedImage checked = images.prepared(file, options(CompleteOn.CONFIRMED, key(SIGNER)));

        assertNotSame(unchecked, checked);
        assertEquals(SignatureCheck.NOT_CHECKED, unchecked.descriptor().signatureCheck());
        assertEquals(SignatureCheck.VALID, checked.descriptor().signatureCheck());

        UpdateOptions stranger = options(CompleteOn.CONFIRMED, key(SigningKey.generate(SignatureKind.ECDSA_P256)));
        assertEquals(Reason.IMAGE_SIGNATURE, refusal(file, stranger));
    }

    @Test
    void eachBaysOptionsAreAskedOfTheSharedCopy() throws Exception {
        CachedImage mute = file("mute.bin", signed().marker(false));
        PreparedImage held = images.prepared(mute, options(CompleteOn.WRITTEN, Optional.empty()));

        assertEquals(Reason.NO_MARKER, refusal(mute, plain()));
        assertSame(held, images.prepared(mute, options(CompleteOn.WRITTEN, Optional.empty())));
    }

    private Reason refusal(CachedImage file, UpdateOptions options) {
        return assertThrows(FotaException.class, () -> images.prepared(file, options))
                .reason();
    }
}
