package com.example.rig;

import static dev.fotabridge.junit.ExpectedLine.line;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.junit.Board;
import dev.fotabridge.junit.FotaBoard;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the image does: the tests share a board, and the image is written once. */
@FotaBoard(scope = FotaBoard.Scope.CLASS)
class UpdateTest {
    private static final Path IMAGE = Path.of(System.getProperty("image", "app_update.bin"));

    @BeforeAll
    static void newBoard(Board board) {
        board.update(IMAGE);
    }

    @BeforeEach
    void sameImage(Board board) {
        assertEquals(Reason.UP_TO_DATE, board.update(IMAGE).reason());
    }

    @Test
    void startsAgain(Board board) {
        board.reset();
        board.console().await(line("Application (\\S+) started"), Duration.ofSeconds(10));
    }

    @Test
    void isConfirmed(Board board) {
        assertEquals("CONFIRMED", board.info().running().state());
    }
}
