package dev.fotabridge.host.update;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.link.BoardIdentity.Match;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.upload.Upload;
import java.util.List;
import java.util.Optional;

/**
 * Tells the board that an update is about from another one that answers at its port. The first board that answers is the one; with it comes
 * its own journal, if an earlier run left one.
 * Tested by AnotherBoardTest.
 */
final class UpdatedBoard {
    private final FlowState state;
    private final List<UpdateJournal> left;
    private Optional<BoardIdentity> identity = Optional.empty();

    UpdatedBoard(FlowState state, List<UpdateJournal> left) {
        this.state = state;
        this.left = left;
    }

    /**
     * A board has answered HELLO.
     *
     * @param takesBack whether the update is to be taken back: then it must be the board of the journal
     * @return false if it is another board, to which nothing may be done
     */
    boolean meet(BoardInfo info, BoardIdentity who, boolean takesBack) {
        if (identity.isPresent()) {
            if (identity.get().match(who) == Match.OTHER) {
                return false;
            }
        } else if (!adopt(info, who, takesBack)) {
            return false;
        }
        identity = Optional.of(who);
        state.proven = state.wasReset
                || state.journal
                        .filter(journal -> journal.match(who, info.identity().bootId()) == Match.SAME)
                        .isPresent();
        if (!state.proven) {
            // Seen durable by this host, but perhaps on another board.
            state.journal = state.journal.map(journal -> journal.withDurablePages(0));
        }
        return true;
    }

    private boolean adopt(BoardInfo info, BoardIdentity who, boolean takesBack) {
        Optional<UpdateJournal> own = find(info, who, Match.SAME).or(() -> find(info, who, Match.UNKNOWN));
        if (own.isEmpty() && takesBack && state.mayBePending()) {
            return false;
        }
        if (own.isEmpty() && state.journal.isPresent()) {
            state.log("What is noted of " + name() + " stays for it: " + who + " answers.");
        }
        state.journal = own;
        state.trust = own.map(UpdatedBoard::trustAfter).orElse(Upload.Trust.UNKNOWN);
        return true;
    }

    /** A page that was to be written again may hold its old content, right to read but weak: a cut erase leaves such. */
    private static Upload.Trust trustAfter(UpdateJournal journal) {
        boolean rewrites = journal.stage() == UpdateJournal.Stage.REWRITING;
        return rewrites ? Upload.Trust.NOTHING : Upload.Trust.UNCLEAN;
    }

    private Optional<UpdateJournal> find(BoardInfo info, BoardIdentity who, Match match) {
        return left.stream()
                .filter(journal -> journal.match(who, info.identity().bootId()) == match)
                .findFirst();
    }

    /** The board that answers now, or that answered last. */
    BoardIdentity identity() {
        return identity.orElse(BoardIdentity.NONE);
    }

    /** Of the board that the update is about, for a sentence. */
    String name() {
        return identity.or(() -> state.journal.flatMap(UpdateJournal::board))
                .map(BoardIdentity::toString)
                .orElse("an earlier board");
    }
}
