package dev.fotabridge.station.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.station.release.ReleaseFolderWriter.Approval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleaseTest {
    private static final SigningKey KEY = SigningKey.generate(SignatureKind.ECDSA_P256);

    @TempDir
    Path directory;

    private final BuiltImage image =
            new ImageBuilder().size(40_000).version("2.0.0").seed(3).key(KEY).build();

    private Path file(BuiltImage built) throws IOException {
        return built.writeTo(directory.resolve("app.bin"));
    }

    private Path folder() {
        return directory.resolve("releases/2.0.0");
    }

    private Approval approval(BuiltImage built) throws IOException {
        return new Approval(file(built), "2.0.0", Optional.empty(), Optional.empty());
    }

    private Approval signed(BuiltImage built) throws IOException {
        Path key = Files.writeString(directory.resolve("key.pem"), KEY.publicPem());
        return new Approval(file(built), "2.0.0", Optional.of(key), Optional.of("nrf9160dk_nrf9160_ns"));
    }

    private Reason refused(Approval approval) {
        Reason reason = assertThrows(FotaException.class, () -> ReleaseFolderWriter.create(approval, folder()))
                .reason();
        assertFalse(Files.exists(folder()), "nothing is left of a refused release");
        return reason;
    }

    private String loadRefused(Reason reason) {
        FotaException refused = assertThrows(FotaException.class, () -> Release.load(folder()));
        assertEquals(reason, refused.reason(), refused.getMessage());
        return refused.getMessage();
    }

    @Test
    void aReleaseIsLoadedAsItWasCreated() throws Exception {
        Release created = ReleaseFolderWriter.create(signed(image), folder());
        Release loaded = Release.load(folder());

        assertEquals("2.0.0", loaded.name());
        assertEquals(Optional.of("nrf9160dk_nrf9160_ns"), loaded.board());
        assertEquals(image.fileSha256(), loaded.fileSha256());
        assertEquals(created.fileSha256(), loaded.fileSha256());
        assertEquals(Optional.of(image.imageHash()), loaded.image().imageHash());
        assertEquals(UpdateImage.Signature.VALID, loaded.image().signature());
        assertArrayEquals(image.bytes(), Files.readAllBytes(folder().resolve("image.bin")));
    }

    /** Two people who approve one file get one folder, byte for byte. */
    @Test
    void oneReleaseHasOneText() throws Exception {
        ReleaseFolderWriter.create(signed(image), folder());
        ReleaseFolderWriter.create(signed(image), directory.resolve("other"));

        assertEquals(contents(folder()), contents(directory.resolve("other")));
        assertEquals(
                List.of("image.bin", "public-key.pem", "release.yaml"),
                List.copyOf(contents(folder()).keySet()));
        String text = Files.readString(folder().resolve("release.yaml"));
        assertTrue(text.contains("\nfileSha256: " + image.fileSha256() + "\n"), text);
        assertFalse(text.contains(directory.toString()), text);
    }

    private static TreeMap<String, String> contents(Path folder) throws IOException {
        TreeMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), new String(Files.readAllBytes(file), "ISO-8859-1"));
            }
        }
        return contents;
    }

    @Test
    void whatCanNeverPassIsNoRelease() throws Exception {
        assertEquals(
                Reason.NO_MARKER,
                refused(approval(new ImageBuilder().size(40_000).marker(false).build())));
        Path delta = Files.write(
                directory.resolve("mfw.bin"),
                ModemDelta.between("1.3.5", "1.3.6").build());
        assertEquals(Reason.IMAGE_FORMAT, refused(new Approval(delta, "m", Optional.empty(), Optional.empty())));
        Path none = directory.resolve("none.bin");
        assertEquals(Reason.IMAGE_UNREADABLE, refused(new Approval(none, "m", Optional.empty(), Optional.empty())));
        BuiltImage other = new ImageBuilder()
                .size(40_000)
                .key(SigningKey.generate(SignatureKind.ECDSA_P256))
                .build();
        assertEquals(Reason.IMAGE_SIGNATURE, refused(signed(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "../up", "-x", "a\"b", "ü"})
    void aNameIsPlain(String name) throws Exception {
        assertEquals(
                Reason.CONFIGURATION, refused(new Approval(file(image), name, Optional.empty(), Optional.empty())));
    }

    @Test
    void aReleaseIsNeverChanged() throws Exception {
        ReleaseFolderWriter.create(approval(image), folder());
        FotaException again =
                assertThrows(FotaException.class, () -> ReleaseFolderWriter.create(approval(image), folder()));
        assertEquals(Reason.CONFIGURATION, again.reason());
        assertTrue(again.getMessage().contains("is not empty"), again.getMessage());
        FotaException noFolder =
                assertThrows(FotaException.class, () -> ReleaseFolderWriter.create(approval(image), file(image)));
        assertTrue(noFolder.getMessage().contains("is no folder"), noFolder.getMessage());
    }

    @Test
    void anEmptyFolderAndWhatAKilledCallLeftAreNoHindrance() throws Exception {
        Files.createDirectories(folder());
        Path beside = Files.createDirectories(directory.resolve("releases/2.0.0.new"));
        Files.write(beside.resolve("image.bin"), new byte[50_000]);
        ReleaseFolderWriter.create(approval(image), folder());

        assertEquals(image.fileSha256(), Release.load(folder()).fileSha256());
        assertFalse(Files.exists(beside));
    }

    @Test
    void anotherImageInTheFolderIsNotTheApprovedOne() throws Exception {
        ReleaseFolderWriter.create(approval(image), folder());
        new ImageBuilder().size(40_000).version("2.0.0").seed(4).build().writeTo(folder().resolve("image.bin"));

        assertTrue(loadRefused(Reason.IMAGE_HASH).contains(image.fileSha256() + " was approved"));
    }

    /** A folder that was not made by us may hold anything. */
    @Test
    void anImageWithoutTheStubIsNoReleaseWhoeverMadeTheFolder() throws Exception {
        BuiltImage bare =
                new ImageBuilder().size(40_000).version("2.0.0").marker(false).build();
        ReleaseNotes notes = new ReleaseNotes(
                "2.0.0", bare.fileSha256(), 40_000, bare.imageHash(), "2.0.0", Optional.empty(), false);
        Files.createDirectories(folder());
        bare.writeTo(folder().resolve("image.bin"));
        Files.write(folder().resolve("release.yaml"), notes.text());

        loadRefused(Reason.NO_MARKER);
    }

    /** They stand in records and are compared with what boards say. */
    @ParameterizedTest
    @CsvSource({"imageHash: [0-9a-f]{2},imageHash: 00,image hash", "version: \"2.0.0\",version: \"2.0.1\",version"})
    void whatTheTextSaysOfTheImageIsWhatTheImageSays(String before, String after, String what) throws Exception {
        ReleaseFolderWriter.create(approval(image), folder());
        Path text = folder().resolve("release.yaml");
        Files.writeString(text, Files.readString(text).replaceFirst(before, after));

        assertTrue(loadRefused(Reason.IMAGE_HASH).contains("its " + what + " is another one"));
    }

    @Test
    void anotherKeyInTheFolderFindsNoSignature() throws Exception {
        ReleaseFolderWriter.create(signed(image), folder());
        Files.writeString(
                folder().resolve("public-key.pem"),
                SigningKey.generate(SignatureKind.ECDSA_P256).publicPem());
        loadRefused(Reason.IMAGE_SIGNATURE);
        Files.delete(folder().resolve("public-key.pem"));
        loadRefused(Reason.CONFIGURATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: \"2.0.0\"|name: ../../etc|'name' in line 3 is '../../etc'",
                "image: image.bin|image: ../app.bin|'image' in line 4 is '../app.bin': it must be image.bin",
                "release: 1|release: 2|'release' in line 2 is '2': it must be a whole number from 1 to 1",
                "fileSha256: |fileSha256: AB|'fileSha256' in line 5",
                "version: |vertion: |'vertion' in line 8 is no key of a release",
                "fileSize: 4|fileSize: -4|'fileSize' in line 6",
            })
    void aDamagedTextIsSaidWithItsLine(String before, String after, String sentence) throws Exception {
        ReleaseFolderWriter.create(approval(image), folder());
        Path text = folder().resolve("release.yaml");
        Files.writeString(text, Files.readString(text).replace(before, after));

        assertTrue(loadRefused(Reason.CONFIGURATION).contains(sentence), () -> loadRefused(Reason.CONFIGURATION));
    }

    @Test
    void whatIsNoReleaseIsNamed() throws Exception {
        assertTrue(loadRefused(Reason.CONFIGURATION).contains("does not exist"));
        Files.createDirectories(folder());
        assertTrue(loadRefused(Reason.CONFIGURATION).contains("release.yaml does not exist"));
    }

    @Test
    void aChangeOnDiskIsSaidAndChangesNothingInMemory() throws Exception {
        Release pinned = ReleaseFolderWriter.create(approval(image), folder());
        ReleaseWatch watch = new ReleaseWatch(pinned);
        assertEquals(Optional.empty(), watch.look());
        Path file = folder().resolve("image.bin");
        FileTime time = Files.getLastModifiedTime(file);
        byte[] changed = image.bytes().clone();
        changed[20_000] ^= 1;
        Files.write(file, changed);
        Files.setLastModifiedTime(file, time);

        String said = watch.look().orElseThrow();
        assertTrue(said.startsWith("The release in " + folder() + " has changed"), said);
        assertEquals(Optional.of(said), watch.look(), "said as long as it is so");
        assertEquals(image.fileSha256(), pinned.fileSha256());

        Files.write(file, image.bytes());
        assertEquals(Optional.empty(), watch.look(), "the approved one is back");
    }

    @Test
    void aReleaseThatIsGoneOrAnotherIsAChange() throws Exception {
        ReleaseWatch watch = new ReleaseWatch(ReleaseFolderWriter.create(approval(image), folder()));
        assertEquals(Optional.empty(), watch.look());
        Path notes = folder().resolve("release.yaml");
        String text = Files.readString(notes);
        Files.writeString(notes, text.replace("name: \"2.0.0\"", "name: \"2.0.1\""));
        assertTrue(
                watch.look().orElseThrow().contains("2.0.1 (SHA-256 "),
                () -> watch.look().orElseThrow());
        Files.delete(notes);
        assertTrue(watch.look().orElseThrow().contains("does not exist"));
        Files.writeString(notes, text);
        assertEquals(Optional.empty(), watch.look(), "written again, the same");
    }
}
