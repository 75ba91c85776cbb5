package dev.fotabridge.protocol.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** One line of {@code protocol/vectors/*.vec}; its README explains the columns. */
record Vector(String name, String verdict, String bytes, String form) {
    static Path repository() {
        return Path.of(System.getProperty("fota.repository"));
    }

    static Stream<Vector> read(String file) {
        try {
            return Files.readAllLines(repository().resolve("protocol/vectors").resolve(file), StandardCharsets.US_ASCII)
                    .stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Vector::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector parse(String line) {
        String[] columns = line.split(" \\| ");
        return new Vector(columns[0], columns[1], columns[2], columns[3]);
    }

    boolean isAccepted() {
        return verdict.equals("accept");
    }

    /** Why it is rejected. */
    String reason() {
        return verdict.substring("reject ".length());
    }

    static byte[] hex(String text) {
        return text.equals("-") ? new byte[0] : HexFormat.of().parseHex(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
