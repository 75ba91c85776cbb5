package dev.fotabridge.host.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One wrong use of the program, and what it must answer; a line of wrong-uses.txt.
 *
 * @param command for sh, in a directory with the files of {@link WrongUsesIT}; $PORT and $PTY are a board of its own
 * @param cause words of the first line of the error; empty if there is none
 * @param whatToTry words of the line behind it
 * @param needs what the machine must allow
 */
record WrongUse(String name, String command, int exit, String cause, String whatToTry, List<Need> needs) {
    /** What not every machine allows; a command of sh finds out. */
    enum Need {
        DEV_FULL("test -c /dev/full", "there is no /dev/full"),
        MOUNTS("unshare -m mount -t tmpfs none full", "only root may mount, and not in every container"),
        OTHER_USER(
                "$AS_NOBODY test -r \"$JAR\" -a -x \"$JAVA\"", "only root may be another user, who must reach the jar"),
        TERMINAL("script -qec true /dev/null </dev/null", "there is no script(1)"),
        LOCALES("localedef -i tr_TR -f UTF-8 \"$LOCPATH/tr_TR.UTF-8\"", "there is no localedef with its data");

        final String probe;
        final String why;

        Need(String probe, String why) {
            this.probe = probe;
            this.why = why;
        }
    }

    static List<WrongUse> all() throws IOException {
        try (InputStream table = WrongUse.class.getResourceAsStream("wrong-uses.txt")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(WrongUse::of)
                    .toList();
        }
    }

    private static WrongUse of(String line) {
        String[] cells = line.split(" *\\| *", -1);
        List<Need> needs = cells.length <= 5
                ? List.of()
                : Stream.of(cells[5].split(" ")).map(Need::valueOf).toList();
        return new WrongUse(cells[0], cells[1], Integer.parseInt(cells[2]), cells[3], cells[4], needs);
    }

    boolean needsBoard() {
        return command.contains("$PORT") || command.contains("$PTY");
    }

    @Override
    public String toString() {
        return name;
    }
}
