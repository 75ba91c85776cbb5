package com.example.rig;

import static dev.fotabridge.junit.ExpectedLine.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.junit.Board;
import dev.fotabridge.junit.ConsoleMatch;
import dev.fotabridge.junit.FotaBoard;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** How a board starts: each test has a board for itself. */
@FotaBoard
class BootTest {
    private static final Duration BOOT = Duration.ofSeconds(10);

    @Test
    void saysWhatItRuns(Board board) {
        BoardReport report = board.reset();
        ConsoleMatch started =
                board.console().await(line("Application (\\S+) started").orFail("FATAL|assert"), BOOT);
        assertTrue(started.group(1).startsWith(report.running().version()), started.line());
    }

    @Test
    void startsAgainWhenThePowerComesBack(Board board) {
        String before = board.info().bootId();
        assertTrue(!before.equals(board.powerCycle().bootId()));
        board.console().await(line("Application (\\S+) started"), BOOT);
    }

    @Test
    @FotaBoard(requires = "modem")
    void hasAModem(Board board) {
        assertTrue(board.info().modem().isPresent());
    }

    @Test
    void twoBoardsAreTwo(@FotaBoard Board one, @FotaBoard Board other) {
        assertTrue(!one.name().equals(other.name()));
    }

    /** What a failure looks like: -Dfail=line or -Dfail=assertion. */
    @Test
    @EnabledIfSystemProperty(named = "fail", matches = "line")
    void waitsForALineThatNeverComes(Board board) {
        board.reset();
        board.console().await(line("temperature \\d+"), Duration.ofSeconds(2));
    }

    @Test
    @EnabledIfSystemProperty(named = "fail", matches = "assertion")
    void expectsAnotherVersion(Board board) {
        assertEquals("9.9.9", board.info().running().version());
    }
}
