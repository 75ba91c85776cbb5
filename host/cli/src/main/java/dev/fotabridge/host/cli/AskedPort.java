package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.PortReport;
import java.util.Optional;

/**
 * A port, and what a board there has answered.
 *
 * @param board empty if the port was not asked, or nothing answered
 * @param why one sentence if there is no board; empty otherwise
 */
record AskedPort(PortReport port, Optional<BoardReport> board, String why) {}
