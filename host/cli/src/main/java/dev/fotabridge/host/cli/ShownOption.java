package dev.fotabridge.host.cli;

/**
 * One option as {@code config show} prints it. Tested by ConfigShowTest.
 *
 * @param value without secrets; empty if there is none
 * @param source the variable's name or the file's path; empty for the other origins
 */
record ShownOption(String name, String value, Origin origin, String source) {
    /** Where a value comes from; an earlier one wins. */
    enum Origin {
        COMMAND_LINE,
        ENVIRONMENT,
        FILE,
        DEFAULT
    }

    String from() {
        return switch (origin) {
            case COMMAND_LINE -> "command line";
            case ENVIRONMENT -> "environment: " + source;
            case FILE -> "file: " + source;
            case DEFAULT -> "default";
        };
    }
}
