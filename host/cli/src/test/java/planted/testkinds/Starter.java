package planted.testkinds;

final class Starter {
    private final ProcessBuilder sleeper = new ProcessBuilder("sleep", "1");
}
