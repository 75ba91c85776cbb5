package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.image.ImageDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code image inspect} prints. */
final class ImageTextTest {
    private static final BuiltImage IMAGE =
            new ImageBuilder().size(40_000).version("1.2.3").build();

    private static ImageDescriptor inspect(byte[] file) throws Exception {
        return PreparedImage.inspector(Optional.empty()).inspect(ByteBuffer.wrap(file));
    }

    private static ImageDescriptor delta() throws Exception {
        return inspect(ModemDelta.between("mfw_nrf9160_1.3.5", "mfw_nrf9160_1.3.6")
                .size(20_000)
                .build());
    }

    private static void assertHas(String line, List<String> lines) {
        assertTrue(lines.contains(line), () -> line + "\n" + String.join("\n", lines));
    }

    @Test
    void anImageHasVersionHashAndSlots() throws Exception {
        List<String> lines = ImageText.lines(inspect(IMAGE.bytes()));
        assertHas("kind:        MCUboot image", lines);
        assertHas("version:     1.2.3", lines);
        assertHas("imageHash:   " + IMAGE.imageHash() + " (right)", lines);
        assertHas("marker:      yes, it can answer after the swap", lines);
        assertTrue(lines.stream().anyMatch(line -> line.matches("fits: +0x.* slot .*")), lines::toString);
    }

    @Test
    void anImageThatIsTooLargeFitsNowhereAndMayBeMute() throws Exception {
        byte[] large = new ImageBuilder().size(1_000_000).marker(false).build().bytes();
        List<String> lines = ImageText.lines(inspect(large));
        assertHas("fits:        no slot of an nRF9160 DK", lines);
        assertHas("marker:      no", lines);
    }

    @Test
    void aDeltaHasNoneOfAnImagesLines() throws Exception {
        List<String> lines = ImageText.lines(delta());
        assertHas("kind:        modem delta", lines);
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("signature:")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("fits:        a modem's area")), lines::toString);
    }

    @Test
    void inJsonWhatThereIsNotIsNull() throws Exception {
        JsonNode image = json(inspect(IMAGE.bytes()));
        assertEquals(IMAGE.imageHash(), image.get("imageHash").asText());
        assertTrue(
                image.at("/header/imageSize").isNumber() && image.get("keyHash").isNull());
        assertTrue(image.get("fits").size() > 0 && image.get("tlvs").size() > 0);
        JsonNode delta = json(delta());
        assertTrue(delta.get("header").isNull() && delta.get("imageHash").isNull());
    }

    private static JsonNode json(ImageDescriptor image) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new JsonEvents(stream, "s1", Clock.systemUTC()).line("IMAGE", g -> ImageText.write(g, image));
        return new ObjectMapper().readTree(bytes.toString(StandardCharsets.UTF_8));
    }
}
