package dev.fotabridge.host.station;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.link.RateBook;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.protocol.session.BoardInfo;
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
 * Keeps in the state directory which rates a board's line did not carry, and when that was seen: such a rate is not tried for a
 * day, since cables and adapters change. Boards are told apart by their unit id, or by where they are plugged in if they have none.
 * A file that is damaged or cannot be written costs a try, no more.
 */
final class FileRateBook implements RateBook {
    static final Duration KEPT = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(FileRateBook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RATES = 16;

    private final StateDirectory state;
    private final String place;
    private final Clock clock;

    /** @param place names the board if it does not do so itself: its debugger's serial number, or the port */
    FileRateBook(StateDirectory state, String place, Clock clock) {
        this.state = state;
        this.place = place;
        this.clock = clock;
    }

    private Path file(BoardInfo board) {
        return state.rates(board.unit().isEmpty() ? "at " + place : "unit " + board.unit());
    }

    @Override
    public Set<Integer> bad(BoardInfo board) {
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
    public void note(BoardInfo board, SessionEvent.LineRate rate) {
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

    /** What was written more than a day ago says nothing any more; boards and ports come and go, their files would stay. */
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
