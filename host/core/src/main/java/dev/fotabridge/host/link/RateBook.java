package dev.fotabridge.host.link;

import dev.fotabridge.protocol.session.SessionEvent;
import java.util.Set;

/** Port: what was learned of the rates of each board's line. A saving only: never fails, and may know nothing. */
public interface RateBook {
    /** Remembers nothing. */
    RateBook NONE = new RateBook() {
        @Override
        public Set<Integer> bad(BoardIdentity board) {
            return Set.of();
        }

        @Override
        public void note(BoardIdentity board, SessionEvent.LineRate rate) {
            // What is not kept is tried again.
        }
    };

    /** Rates that are not worth another try on this board's line for now; bits a second. */
    Set<Integer> bad(BoardIdentity board);

    /** A session has found out what this board's line carries. */
    void note(BoardIdentity board, SessionEvent.LineRate rate);
}
