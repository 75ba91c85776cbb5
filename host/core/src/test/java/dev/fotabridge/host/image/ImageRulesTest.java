package dev.fotabridge.host.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.board.ImageVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRulesTest {
    @Test
    void knowsTheSizeLimit() throws Exception {
        ImageDescriptor image = SampleImages.inspect(SampleImages.load("padded.bin"));
        assertDoesNotThrow(() -> ImageRules.requireFits(image, image.payloadSize()));
        FotaException refusal =
                assertThrows(FotaException.class, () -> ImageRules.requireFits(image, image.payloadSize() - 1));
        assertEquals(Reason.IMAGE_SIZE, refusal.reason());
    }

    @Test
    void asksForTheMarker() throws Exception {
        ImageRules.requireMarker(SampleImages.inspect(SampleImages.load("unsigned.bin")));
        ImageDescriptor without = SampleImages.inspect(SampleImages.load("no-marker.bin"));
        assertEquals(
                Reason.NO_MARKER,
                assertThrows(FotaException.class, () -> ImageRules.requireMarker(without))
                        .reason());
    }

    @ParameterizedTest
    @CsvSource({"1,2,3,9,true", "1,2,2,0,true", "1,2,4,0,false", "1,3,0,0,false", "2,0,0,0,false", "0,255,65535,0,true"
    })
    void refusesADowngrade(int major, int minor, int revision, long build, boolean allowed) throws Exception {
        ImageDescriptor image = SampleImages.inspect(SampleImages.load("unsigned.bin"));
        Optional<ImageVersion> running = Optional.of(new ImageVersion(major, minor, revision, build));
        if (allowed) {
            ImageRules.requireNoDowngrade(image, running);
        } else {
            FotaException refusal =
                    assertThrows(FotaException.class, () -> ImageRules.requireNoDowngrade(image, running));
            assertEquals(Reason.DOWNGRADE, refusal.reason());
        }
        ImageRules.requireNoDowngrade(image, Optional.empty());
    }
}
