package dev.fotabridge.host.sequence;

import dev.fotabridge.host.api.CompleteOn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One case of the sweep. One line replays it: {@code seed=7 kill@31:2000 mqtt@80:500}.
 *
 * @param seed of the set-up and of every delay; 0 is the plain one
 */
record SequenceCase(long seed, List<Strike> strikes, Modem modem) {
    /**
     * Of a case about a modem delta.
     *
     * @param options of the board's modem, words of lockstep; empty for a case about an image
     * @param cut power goes at the modem's operation of this number, 0 for never
     * @param behind ... when it is done, but not answered
     */
    record Modem(String options, int cut, boolean behind) {
        static final Modem NONE = new Modem("", 0, false);

        boolean isThere() {
            return !options.isEmpty();
        }

        private static Modem parse(String word) {
            String[] parts = word.split("!");
            boolean behind = parts[1].endsWith("b");
            return new Modem(parts[0].replace(',', ' '), Integer.parseInt(parts[1].replace("b", "")), behind);
        }

        @Override
        public String toString() {
            return options.replace(' ', ',') + "!" + cut + (behind ? "b" : "");
        }
    }

    SequenceCase(long seed, List<Strike> strikes) {
        this(seed, strikes, Modem.NONE);
    }

    /** The same with a modem delta in the image's place. */
    SequenceCase ofModem(Modem how) {
        return new SequenceCase(seed, strikes, how);
    }

    private static final int POINTS = 240;

    /**
     * All but ROT: a bit that turns between the check of a file and its use, by one process, is beyond any host. And
     * without another board, of which a case has one.
     */
    private static final List<Strike.Kind> KINDS = Arrays.stream(Strike.Kind.values())
            .filter(kind -> kind != Strike.Kind.ROT && !kind.isAnotherBoard())
            .toList();

    /**
     * What the case plays in.
     *
     * @param once whether the host ends after each job, and is started again
     * @param selfConfirms whether the new image confirms itself
     * @param image how the new image behaves: along, silent or hang
     * @param promises whether the document names size and SHA-256
     * @param presignSeconds life of a download URL
     * @param secondJob whether another job waits behind the first
     * @param bumps whether the service raises versions too
     */
    record Setup(
            boolean once,
            CompleteOn completeOn,
            boolean selfConfirms,
            String image,
            boolean promises,
            int presignSeconds,
            boolean secondJob,
            boolean bumps) {}

    /** The case that belongs to a seed, with two to five strikes. */
    static SequenceCase of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<Strike> strikes = new ArrayList<>();
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            Strike.Kind kind = random.nextInt(3) == 0 ? Strike.Kind.KILL : KINDS.get(random.nextInt(KINDS.size()));
            int millis = random.nextInt(4) == 0 ? random.nextInt(120_000) : random.nextInt(5_000);
            strikes.add(new Strike(kind, 1 + random.nextInt(POINTS), millis));
        }
        return new SequenceCase(seed, strikes);
    }

    Setup setup() {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        if (seed == 0) {
            return new Setup(false, CompleteOn.CONFIRMED, false, "along", false, 3_600, false, false);
        }
        int completeOn = random.nextInt(10);
        return new Setup(
                random.nextBoolean(),
                completeOn == 0 ? CompleteOn.WRITTEN : completeOn == 1 ? CompleteOn.BOOTED : CompleteOn.CONFIRMED,
                random.nextInt(4) == 0,
                random.nextInt(8) > 0 ? "along" : random.nextBoolean() ? "silent" : "hang",
                random.nextBoolean(),
                random.nextBoolean() ? 60 : 3_600,
                random.nextInt(4) == 0,
                random.nextBoolean());
    }

    /** Whether the host alone was struck, or its connections, so that nothing keeps the update from its good end. */
    boolean endsWell() {
        // An image that nobody confirms stays on trial, and the next job has to wait for the application.
        boolean oneAfterTheOther = !setup().secondJob() || setup().completeOn() == CompleteOn.CONFIRMED;
        if (modem.isThere()) {
            return strikes.stream().noneMatch(s -> s.kind() == Strike.Kind.CANCEL || s.millis() >= 10_000);
        }
        return oneAfterTheOther
                && setup().image().equals("along")
                && strikes.stream()
                        .allMatch(s -> s.kind() == Strike.Kind.KILL
                                || s.kind() == Strike.Kind.MQTT
                                || s.kind() == Strike.Kind.REMAKE
                                || s.kind() == Strike.Kind.ROT
                                || s.kind() == Strike.Kind.HTTP && s.millis() < 10_000);
    }

    /**
     * The board's unit id; every other board has none. A modem tells nothing by which its board could be known again.
     */
    String unit() {
        boolean mustBeKnown =
                modem.isThere() || strikes.stream().anyMatch(s -> s.kind().isAnotherBoard());
        return mustBeKnown || seed % 2 == 1 ? "A" : "";
    }

    boolean has(Strike.Kind kind) {
        return strikes.stream().anyMatch(strike -> strike.kind() == kind);
    }

    static SequenceCase parse(String line) {
        String[] words = line.strip().split(" +");
        if (!words[0].startsWith("seed=")) {
            throw new IllegalArgumentException("no seed: " + line);
        }
        return new SequenceCase(
                Long.parseLong(words[0].substring("seed=".length())),
                Arrays.stream(words)
                        .skip(1)
                        .filter(word -> word.contains("@"))
                        .map(Strike::parse)
                        .toList(),
                Arrays.stream(words)
                        .filter(word -> word.startsWith("modem="))
                        .map(Modem::parse)
                        .findFirst()
                        .orElse(Modem.NONE));
    }

    @Override
    public String toString() {
        Stream<String> words =
                Stream.concat(Stream.of("seed=" + seed), strikes.stream().map(Strike::toString));
        return (modem.isThere() ? Stream.concat(words, Stream.of(modem.toString())) : words)
                .collect(Collectors.joining(" "));
    }
}
