package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * A program that runs this one as a part of itself sets {@code FOTA_BRIDGE_OWNED} and keeps our standard input open: when
 * it ends, a kill included, so do we.
 */
final class Owner {
    private static final String VARIABLE = "FOTA_BRIDGE_OWNED";

    private Owner() {}

    /** Ends the process as an interruption does when the owner has gone; does nothing if there is none. */
    static void watch(Map<String, String> environment, InputStream in) {
        if (environment.containsKey(VARIABLE)) {
            watch(in, () -> System.exit(Reason.INTERRUPTED.exitCode()));
        }
    }

    static void watch(InputStream in, Runnable end) {
        // Who cannot be listened to any more may have gone.
        WatchedThreads.start("owner", () -> awaitEnd(in, end), e -> end.run());
    }

    private static void awaitEnd(InputStream in, Runnable end) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Who cannot be heard any more has gone, too.
        }
        end.run();
    }
}
