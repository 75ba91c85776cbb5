package dev.fotabridge.host.bay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.link.RateBook;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.protocol.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the state directory which rates a board's line did not carry, and when that was seen. Such a rate is not
 * tried for a day; it is tried again later because cables and adapters change. Nothing is kept for a board without an
 * identity, since the next board at its port may be another. A damaged or unwritable file costs one try of the rate.
 */
final class FileRateBook implements RateBook {
    static final Duration KEPT = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(FileRateBook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RATES = 16;

    private final StateDirectory state;
    private final Clock clock;

    FileRateBook(StateDirectory state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    private Path file(BoardIdentity board) {
        return state.rates(board.unit().isEmpty() ? "at " + board.probe() : "unit " + board.unit());
    }

    @Override
    public Set<Integer> bad(BoardIdentity board) {
        if (board.equals(BoardIdentity.NONE)) {
            return Set.of();
        }
        Instant now = clock.instant();
        return read(file(board)).entrySet().stream()
                .filter(entry -> isFresh(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isFresh(Instant seen, Instant now) {
        return !seen.isAfter(now) && seen.plus(KEPT).isAfter(now);
    }

    @Override
    public void note(BoardIdentity board, SessionEvent.LineRate rate) {
        if (board.equals(BoardIdentity.NONE)) {
            return;
        }
        Path file = file(board);
        Map<Integer, Instant> before = read(file);
        Map<Integer, Instant> after = new TreeMap<>(before);
        after.remove(rate.baud());
        rate.bad().forEach(baud -> after.put(baud, clock.instant()));
        if (!after.keySet().equals(before.keySet()) || !rate.bad().isEmpty()) {
            write(file, after);
        }
    }

    private void write(Path file, Map<Integer, Instant> rates) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode bad = node.putObject("bad");
        rates.forEach((baud, seen) -> bad.put(Integer.toString(baud), seen.toString()));
        try {
            Storage.write(file, node.toPrettyString().getBytes(StandardCharsets.UTF_8));
            forgetOld(file);
        } catch (FotaException | IOException | DirectoryIteratorException e) {
            LOG.debug("The line's rates are not kept: {}", e.getMessage());
        }
    }

    /** Deletes files older than a day: their rates may be tried again, and their boards may never return. */
    private void forgetOld(Path written) throws IOException {
        Instant limit = clock.instant().minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(written.getParent())) {
            for (Path file : files) {
                if (!file.equals(written)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Map<Integer, Instant> read(Path file) {
        Map<Integer, Instant> rates = new TreeMap<>();
        try {
            Optional<byte[]> bytes = Storage.readIfPossible(file);
            if (bytes.isPresent()) {
                JSON.readTree(bytes.get()).path("bad").properties().stream()
                        .limit(MAX_RATES)
                        .forEach(e -> rates.put(
                                Integer.valueOf(e.getKey()),
                                Instant.parse(e.getValue().asText())));
            }
            return rates;
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            LOG.debug("What is kept of the line's rates cannot be read: {}", e.getMessage());
            return new TreeMap<>();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }
}
