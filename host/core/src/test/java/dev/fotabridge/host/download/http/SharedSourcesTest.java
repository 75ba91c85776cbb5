package dev.fotabridge.host.download.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may ask the same servers on the same way has one client, until the last of them has closed. */
final class SharedSourcesTest {
    private final SharedSources sources = new SharedSources();

    private RangeSource take(String... allowed) throws FotaException {
        return sources.take(new SharedSources.Access(
                Optional.of("endpoint.example"), List.of(allowed), ProxySettings.NONE, Optional.empty()));
    }

    /** A private address is refused before anything is connected to, by a client that is open. */
    private static void assertOpen(RangeSource source) {
        assertEquals(End.HOST_NOT_ALLOWED, get(source));
    }

    private static void assertClosed(RangeSource source) {
        assertThrows(RuntimeException.class, () -> get(source));
    }

    private static End get(RangeSource source) {
        RangeRequest request = new RangeRequest(DownloadUrl.parse("https://127.0.0.1:1/x"), 0, 0, Optional.empty());
        return source.get(request, new Nothing(), new Cancellation()).end();
    }

    /** Wants no reply. */
    private static final class Nothing implements RangeSource.ReplyHandler {
        @Override
        public boolean head(ReplyHead head) {
            return false;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            return false;
        }
    }

    @Test
    void theClientEndsWithTheLastOfItsPlaces() throws Exception {
        RangeSource first = take();
        RangeSource second = take();
        first.close();
        assertOpen(first);
        assertOpen(second);
        second.close();
        assertClosed(first);
        assertClosed(second);
    }

    @Test
    void aPlaceThatIsClosedTwiceCountsOnce() throws Exception {
        RangeSource first = take();
        RangeSource second = take();
        first.close();
        first.close();
        assertOpen(second);
        second.close();
        assertClosed(second);
    }

    @Test
    void whoMayAskOthersHasAnotherClient() throws Exception {
        RangeSource one = take();
        RangeSource other = take("files.example");
        other.close();
        assertClosed(other);
        assertOpen(one);
        one.close();
    }

    @Test
    void afterTheLastThereIsANewClient() throws Exception {
        take().close();
        RangeSource later = take();
        assertOpen(later);
        later.close();
    }
}
