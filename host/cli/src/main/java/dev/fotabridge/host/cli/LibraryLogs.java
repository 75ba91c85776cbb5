package dev.fotabridge.host.cli;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * What libraries log by java.util.logging, Paho above all. Java's default prints it to standard error, also with {@code --quiet};
 * here it goes nowhere, and with {@code -v} where all of the log goes. The class is what {@code java.util.logging.config.class}
 * names: it is made, and leaves the root without a handler, when a library logs for the first time.
 * Tested by OutputTest.
 */
public final class LibraryLogs {
    private static final String CLASS = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    /** For java.util.logging, which makes one instead of reading its configuration. */
    public LibraryLogs() {}

    /** Must be called before anything logs; a configuration that the user has named stays. */
    static void silence() {
        if (System.getProperty(CLASS) == null && System.getProperty(FILE) == null) {
            System.setProperty(CLASS, LibraryLogs.class.getName());
        }
    }

    /** Adds what libraries log to the program's log. */
    static void forward() {
        java.util.logging.Logger.getLogger("").addHandler(new Forwarding());
    }

    private static final class Forwarding extends Handler {
        private final Formatter texts = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                LoggerFactory.getLogger(String.valueOf(line.getLoggerName()))
                        .info("{}", texts.formatMessage(line), line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
