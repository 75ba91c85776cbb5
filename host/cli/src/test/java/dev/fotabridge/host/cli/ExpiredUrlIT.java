package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.ObjectRequest;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.NewJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A presigned URL that runs out in mid-download: the job is described again, and not a byte is fetched twice. */
@Tag("real")
final class ExpiredUrlIT {
    private static final int LIMIT_SECONDS = 120;
    private static final int URL_LIFE_SECONDS = 60;
    private static final long CUT_AFTER_BYTES = 40_000;

    @TempDir
    Path directory;

    private final AtomicReference<World> world = new AtomicReference<>();

    /** The cloud's clock: time jumps past the URL's life as soon as the store has answered its first request. */
    private Instant now() {
        World started = world.get();
        boolean cut = started != null && !started.cloud.store().requests().isEmpty();
        return Instant.now().plus(cut ? Duration.ofSeconds(URL_LIFE_SECONDS + 10) : Duration.ZERO);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now();
            }
        };
    }

    @Test
    void theJobIsDescribedAgainAndTheDownloadGoesOnAtTheSameByte() throws Exception {
        BuiltImage image = World.image().build();
        try (World started = new World(directory, clock())) {
            world.set(started);
            image.writeTo(started.cloud.directory().bucket().resolve("app.bin"));
            started.cloud.store().makePrivate("app.bin");
            started.cloud.store().fault("app.bin", FaultRule.times(new RangeFault.CloseAfter(CUT_AFTER_BYTES), 1));
            started.cloud.jobs().create(NewJob.of("j1", World.THING, document()).withPresignSeconds(URL_LIFE_SECONDS));
            try (HostProcess host = started.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            }
            assertEquals(ExecutionStatus.SUCCEEDED, started.execution("j1").status());
            assertTrue(started.runs(image));
            goesOnAtTheSameByte(started.cloud.store().requests());
            long described = started.cloud.broker().received().stream()
                    .filter(packet -> packet.topic().endsWith("/get"))
                    .count();
            assertTrue(described >= 2, described + " times");
        }
    }

    private static void goesOnAtTheSameByte(List<ObjectRequest> requests) {
        assertEquals(
                List.of(206, 403, 206),
                requests.stream().map(ObjectRequest::status).toList(),
                requests::toString);
        assertTrue(requests.get(0).range().startsWith("bytes=0-"), requests::toString);
        // The store sent so many bytes of the first answer, and those before this one are not asked for again.
        assertTrue(requests.get(2).range().startsWith("bytes=" + CUT_AFTER_BYTES + "-"), requests::toString);
        assertEquals(requests.get(1).range(), requests.get(2).range());
    }

    private static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location")
                .put("url", "${aws:iot:s3-presigned-url:https://s3.eu-central-1.amazonaws.com/b/app.bin}");
        return document;
    }
}
