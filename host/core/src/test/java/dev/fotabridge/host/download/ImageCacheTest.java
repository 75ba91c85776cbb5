package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.ImageCache.ObjectFiles;
import dev.fotabridge.host.store.LockFile;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    private static final int SIZE = 1_000;
    private static final DownloadUrl URL = DownloadUrl.parse("https://s3.example/fw.bin?X-Amz-Signature=SECRET");

    @TempDir
    Path directory;

    private ImageCache cache;
    private byte content;

    @BeforeEach
    void make() throws Exception {
        cache = new ImageCache(directory, InstantSource.system(), 3 * SIZE);
    }

    /** Takes a file in that was last used so long ago. */
    private CachedImage add(Duration unused) throws Exception {
        Path file = directory.resolve("finished");
        byte[] bytes = new byte[SIZE];
        bytes[0] = ++content;
        Files.write(file, bytes);
        CachedImage image = cache.adopt(file);
        age(image.path(), unused);
        return image;
    }

    private static void age(Path file, Duration unused) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(unused)));
    }

    private boolean holds(CachedImage image) {
        return Files.exists(image.path());
    }

    /** Users who share the directory by a group and a umask of 002 share its files: none is its owner's alone. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsKeptHasThePermissionsThatTheUmaskLeaves() throws Exception {
        byte[] bytes = new byte[SIZE];
        Sha256 hash = Sha256.over(ByteBuffer.wrap(bytes));
        cache.keep(bytes, hash, hash);
        Set<PosixFilePermission> usual =
                Files.getPosixFilePermissions(Files.createFile(directory.resolve("an-ordinary-file")));
        assertEquals(
                usual, Files.getPosixFilePermissions(directory.resolve("files").resolve(hash.hex())));
        assertEquals(
                usual, Files.getPosixFilePermissions(directory.resolve("images").resolve(hash.hex())));
    }

    @Test
    void prunesWhatWasUnusedForLongest() throws Exception {
        CachedImage second = add(Duration.ofDays(2));
        CachedImage oldest = add(Duration.ofDays(3));
        CachedImage newest = add(Duration.ofDays(1));
        cache.prune();
        assertTrue(holds(oldest), "all fit");
        add(Duration.ofHours(2));
        cache.prune();
        assertFalse(holds(oldest));
        assertTrue(holds(second) && holds(newest));
    }

    /** A cloud names one object after the other: the limit holds against files of this very minute, too. */
    @Test
    void prunesFilesOfThisMinute() throws Exception {
        CachedImage asked = add(Duration.ofDays(9));
        cache.byFile(asked.fileSha256());
        for (int i = 5; i > 0; i--) {
            add(Duration.ofSeconds(i));
        }
        cache.prune();
        assertTrue(holds(asked), "used last");
        assertEquals(3, directory.resolve("files").toFile().list().length);
    }

    @Test
    void theFileThatWasUsedLastStaysHoweverLargeItIs() throws Exception {
        Path file = Files.write(directory.resolve("finished"), new byte[4 * SIZE]);
        CachedImage large = cache.adopt(file);
        CachedImage ofAnotherClock = add(Duration.ofDays(-3));
        cache.prune();
        assertTrue(holds(large));
        assertFalse(holds(ofAnotherClock), "a time to come is no use");
    }

    /** Each object that a job names leaves a journal, however small. */
    @Test
    void prunesByTheNumberOfFiles() throws Exception {
        for (int i = 0; i < CachePruning.MAX_ENTRIES + 3; i++) {
            Files.createFile(directory.resolve("objects").resolve(i + ".journal"));
        }
        cache.prune();
        try (Stream<Path> left = Files.list(directory.resolve("objects"))) {
            assertEquals(
                    CachePruning.MAX_ENTRIES,
                    left.filter(path -> path.toString().endsWith(".journal")).count());
        }
    }

    /** Another user of the same cache may have put anything in a file's place. */
    @Test
    void readsNothingWithoutAnEnd() throws Exception {
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.isReadable(endless), "not on this system");
        Sha256 hash = Sha256.over(ByteBuffer.allocate(9));
        Path place = directory.resolve("files").resolve(hash.hex());
        Files.createSymbolicLink(place, endless);
        assertEquals(Optional.empty(), cache.byFile(hash));
        assertFalse(Files.exists(place, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void forgetsAFileThatIsOfNoUse() throws Exception {
        CachedImage useless = add(Duration.ZERO);
        cache.forget(useless.fileSha256());
        cache.forget(useless.fileSha256());
        assertFalse(holds(useless));
    }

    @Test
    void prunesUnfinishedDownloadsThatNobodyWorksOn() throws Exception {
        ObjectFiles object = cache.object(URL);
        Files.write(object.part(), new byte[4 * SIZE]);
        age(object.part(), Duration.ofDays(1));
        LockFile held = EntryLock.acquire(object.lock(), new Cancellation());
        cache.prune();
        assertTrue(Files.exists(object.part()), "locked");
        held.close();
        cache.prune();
        assertFalse(Files.exists(object.part()));
        assertTrue(Files.exists(object.lock()));
    }

    @Test
    void forgetsTheImageOfAPrunedFile() throws Exception {
        CachedImage pruned = add(Duration.ofDays(2));
        Sha256 imageHash = Sha256.over(ByteBuffer.allocate(3));
        cache.index(imageHash, pruned.fileSha256());
        cache.prune();
        assertEquals(pruned.path(), cache.byImage(imageHash).orElseThrow().path());
        Files.delete(pruned.path());
        cache.prune();
        assertEquals(Optional.empty(), cache.byImage(imageHash));
        assertEquals(0, directory.resolve("images").toFile().list().length);
    }

    @Test
    void prunesAfterADownload() throws Exception {
        CachedImage old = add(Duration.ofDays(1));
        add(Duration.ofHours(3));
        add(Duration.ofHours(2));
        fetch();
        assertFalse(holds(old));
    }

    /** /dev/full takes no byte, as a file on a full disk; what failed is tried again when there is space. */
    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "only Linux has /dev/full");
        Path part = cache.object(URL).part();
        Files.createSymbolicLink(part, full);
        FotaException refused = assertThrows(FotaException.class, this::fetch);
        assertEquals(Reason.STORAGE_FULL, refused.reason(), refused.getMessage());
        assertFalse(refused.getMessage().contains("SECRET"));
        Files.delete(part);
        assertEquals(SIZE, fetch().size());
    }

    /** As another user's file would: a directory cannot be read, whoever asks. */
    @Test
    void whatCannotBeReadCountsAsNone() throws Exception {
        Sha256 hash = Sha256.over(ByteBuffer.allocate(4));
        Files.createDirectories(directory.resolve("files").resolve(hash.hex()).resolve("in the way"));
        assertEquals(Optional.empty(), cache.byFile(hash));
        Files.createDirectories(directory.resolve("images").resolve(hash.hex()));
        assertEquals(Optional.empty(), cache.byImage(hash));
    }

    private CachedImage fetch() throws FotaException {
        return new ImageDownload(cache, new WholeReply(), System::nanoTime)
                .fetch(
                        new DownloadRequest(URL, OptionalLong.empty(), Optional.empty()),
                        (bytes, total) -> {},
                        new Cancellation());
    }

    /** A server that has one object of zeros. */
    private static final class WholeReply implements RangeSource {
        @Override
        public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
            ReplyHead head = new ReplyHead(
                    200,
                    Optional.empty(),
                    SIZE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            boolean wanted = handler.head(head) && handler.body(ByteBuffer.allocate(SIZE));
            return new RangeResult(wanted ? RangeResult.End.COMPLETE : RangeResult.End.UNWANTED, "");
        }

        @Override
        public void close() {}
    }
}
