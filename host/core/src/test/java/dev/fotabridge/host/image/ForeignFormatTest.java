package dev.fotabridge.host.image;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was given by mistake is named, so that the refusal says which one is meant. */
final class ForeignFormatTest {
    private static String guess(byte[] bytes) {
        return ForeignFormat.guess(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    @ParameterizedTest
    @CsvSource({
        "fd377a585a000004, unpack",
        "425a683931415926, unpack",
        "377abcaf271c0004, unpack",
        "28b52ffd04588100, unpack",
        "1f8b0800, gzip"
    })
    void packedFilesAreNamed(String hex, String word) {
        String said = guess(HexFormat.of().parseHex(hex));
        assertTrue(said.contains(word), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":0",
                ":02",
                ":02000",
                ":00000001FF",
                ":020000040000FA\r\n:00000001FF\r\n",
                "\u00ef\u00bb\u00bf:00000001FF\n",
                "\u00ef\u00bb\u00bf; made by a tool\n\n# twice\n:00000001FF\n",
                "  \r\n// a comment: with a colon\r\n :00000001FF",
                "\u00ff\u00fe:\u00000\u00002\u00000\u0000"
            })
    void anIntelHexFileIsNamedWhateverItsLength(String text) {
        String said = guess(text.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(said.contains("it is an Intel HEX file") && said.contains("app_update.bin"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {":)", ": a list", "# a note about things", ":x:0102030405060708"})
    void aColonAloneIsNoHexFile(String text) {
        assertFalse(guess(text.getBytes(StandardCharsets.ISO_8859_1)).contains("HEX"));
    }

    @ParameterizedTest
    @CsvSource({
        "efbbbf3db8f39600000000, as text",
        "3dc2b8c3b3c29600000000, as text",
        "3dc2b8c3b3e28093000000, as text",
        "3defbfbdefbfbdefbfbd00, as text",
        "96f3b83d00000000000200, reverse order"
    })
    void anImageThatWasDamagedOnItsWayIsNamed(String hex, String words) {
        String said = guess(HexFormat.of().parseHex(hex));
        assertTrue(said.contains(words), said);
    }

    @Test
    void aTarFileIsNamed() {
        byte[] tar = new byte[1_024];
        tar[0] = 'a';
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertTrue(guess(tar).contains("tar"), () -> guess(tar));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xFF, 0xA5})
    void erasedFlashIsNamed(int value) {
        byte[] bytes = new byte[40_000];
        Arrays.fill(bytes, (byte) value);
        assertTrue(guess(bytes).contains("all its bytes are the same"), () -> guess(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "'version https://git-lfs.github.com/spec/v1', Git LFS",
        "'[{\"message\":\"Not Found\"}]', text",
        "'-----BEGIN CERTIFICATE-----', text",
        "'PbjzlgAAAAAAAgAAeJoAAAAAAAACAAAA', text"
    })
    void textIsNamed(String text, String word) {
        String said = guess(text.getBytes(StandardCharsets.US_ASCII));
        assertTrue(said.contains(word), said);
    }
}
