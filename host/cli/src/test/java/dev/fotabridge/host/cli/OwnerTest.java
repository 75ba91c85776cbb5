package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A part ends with its whole. */
final class OwnerTest {
    @Test
    void theEndOfStandardInputIsTheEndOfAll() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (PipedOutputStream owner = new PipedOutputStream()) {
            Owner.watch(new PipedInputStream(owner), ended::countDown);
            owner.write(1);
            assertEquals(1, ended.getCount());
        }
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
}
