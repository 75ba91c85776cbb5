package dev.fotabridge.station.live;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.run.BoardOutcome;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.verdict.RunStage;

/** Hears what comes of the boards. Threads of bays call, and hold no lock of theirs. */
interface BayReports {
    /** A board has said who it is. */
    void answered(int bay, UnitIdentity who);

    /** A board that was asked who it is has said nothing for 10 s. */
    void silent(int bay, UnitIdentity known, String why);

    /** An attempt begins; the thread of the station calls. */
    void begins(BoardsPort.Order order);

    /** An update comes to a stage; the board waits until this returns. */
    void stage(BoardsPort.Order order, RunStage stage);

    /** The board's part of an attempt is over. */
    void ended(BoardsPort.Order order, BoardOutcome outcome);

    /** Something happened that a person may want to see. */
    void happened(int bay, BayEvent event);
}
