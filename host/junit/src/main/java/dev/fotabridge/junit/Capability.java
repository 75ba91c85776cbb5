package dev.fotabridge.junit;

/** The capabilities that mean something to the extension itself. */
final class Capability {
    static final String VIRTUAL = "virtual";
    static final String MODEM = "modem";
    static final String POWER_CYCLE = "power-cycle";
    static final String CUT_LINE = "cut-line";

    private Capability() {}
}
