package dev.fotabridge.host.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out data
 * @param err text for people
 */
record Streams(PrintStream out, PrintStream err) {}
