package com.example.rig;

import static dev.fotabridge.junit.ExpectedLine.line;

import dev.fotabridge.junit.Board;
import dev.fotabridge.junit.FotaBoard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@FotaBoard
class FirstTest {
    @Test
    void starts(Board board) {
        board.reset();
        board.console().await(line("Application (.*) started").orFail("FATAL"), Duration.ofSeconds(10));
    }
}
