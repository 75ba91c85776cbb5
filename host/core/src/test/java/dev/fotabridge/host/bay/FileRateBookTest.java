package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.protocol.session.SessionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of a line, for how long, and of which board. */
final class FileRateBookTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int FAST = 1_000_000;
    private static final int MIDDLE = 460_800;

    private final BoardIdentity unit = new BoardIdentity("unit/7", "683");
    private final BoardIdentity nameless = new BoardIdentity("", "684");

    @TempDir
    Path directory;

    private FileRateBook at(Duration later) {
        Clock clock = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
        return new FileRateBook(new StateDirectory(directory), clock);
    }

    private static SessionEvent.LineRate reached(int baud, Integer... bad) {
        return new SessionEvent.LineRate(baud, Set.of(bad), "The line runs.");
    }

    @Test
    void nothingIsKnownOfANewBoard() {
        assertEquals(Set.of(), at(Duration.ZERO).bad(unit));
    }

    @Test
    void aRateThatFailedIsNotTriedForADay() {
        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));

        assertEquals(Set.of(FAST), at(Duration.ofHours(23)).bad(unit));
        assertEquals(Set.of(), at(Duration.ofHours(24)).bad(unit));
        assertEquals(Set.of(), at(Duration.ofHours(-1)).bad(unit), "a clock that was wrong is not believed");
    }

    @Test
    void theFileOfABoardThatIsGoneIsDeletedAfterADay() throws Exception {
        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));
        Path rates = directory.resolve("rates");
        Path gone = Files.copy(rates.resolve(rates.toFile().list()[0]), rates.resolve("gone.json"));
        Path young = Files.copy(gone, rates.resolve("young.json"));
        Files.setLastModifiedTime(gone, FileTime.from(NOON.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(NOON.minus(Duration.ofHours(23))));

        at(Duration.ZERO).note(unit, reached(115_200, MIDDLE));

        assertFalse(Files.exists(gone));
        assertTrue(Files.exists(young));
        assertEquals(Set.of(FAST, MIDDLE), at(Duration.ZERO).bad(unit));
    }

    @Test
    void aRateThatWorksAgainIsForgotten() {
        at(Duration.ZERO).note(unit, reached(115_200, FAST, MIDDLE));
        at(Duration.ofHours(1)).note(unit, reached(FAST));

        assertEquals(Set.of(MIDDLE), at(Duration.ofHours(1)).bad(unit));
    }

    @Test
    void anotherSessionWithoutNewsChangesNothing() {
        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));
        at(Duration.ofHours(20)).note(unit, reached(MIDDLE));

        assertEquals(Set.of(), at(Duration.ofHours(25)).bad(unit), "the day counts from the failure");
    }

    @Test
    void boardsAreDistinguishedByTheirUnitElseByTheirDebugger() {
        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));
        at(Duration.ZERO).note(nameless, reached(115_200, MIDDLE));

        assertEquals(Set.of(FAST), at(Duration.ZERO).bad(new BoardIdentity("unit/7", "another")));
        assertEquals(Set.of(MIDDLE), at(Duration.ZERO).bad(nameless));
        assertEquals(Set.of(), at(Duration.ZERO).bad(new BoardIdentity("", "683")));
    }

    @Test
    void nothingIsKeptOfABoardThatCannotBeIdentified() {
        at(Duration.ZERO).note(BoardIdentity.NONE, reached(115_200, MIDDLE));

        assertEquals(Set.of(), at(Duration.ZERO).bad(BoardIdentity.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "{\"bad\":7}",
                "{\"bad\":{\"x\":\"2026-01-01T12:00:00Z\"}}",
                "{\"bad\":{\"1000000\":\"yesterday\"}}"
            })
    void aDamagedFileCountsAsNone(String content) throws Exception {
        Path file = new StateDirectory(directory).rates("unit " + unit.unit());
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertEquals(Set.of(), at(Duration.ZERO).bad(unit));
        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));
        assertEquals(Set.of(FAST), at(Duration.ZERO).bad(unit));
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsATryAndNoMore() throws Exception {
        Files.writeString(directory.resolve("rates"), "in the way");

        at(Duration.ZERO).note(unit, reached(MIDDLE, FAST));

        assertEquals(Set.of(), at(Duration.ZERO).bad(unit));
    }
}
