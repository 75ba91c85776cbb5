package dev.fotabridge.host.update;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.link.BoardIdentity.Match;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import java.util.Optional;

/**
 * What a host remembers of the update of one board over its own death. It is durable on disk before MARK is sent. It is used for that
 * board alone.
 * Tested by AnotherBoardTest.
 *
 * @param execution names the job execution or the file; another one's journal says nothing
 * @param imageHash of the new image
 * @param fileSha256 of the bytes that go to the board
 * @param stage how far it had come for certain
 * @param bootId of the board's start in which this stage was entered; empty before the first contact
 * @param attempt at how many starts of the board MARK was asked for, from 0
 * @param durablePages image pages 0 to n-1 that this host saw durable
 * @param from version that ran before, empty if the board did not say
 * @param modemUuid of a modem delta: the firmware that the modem ran before, so that what the modem has of a delta is known to
 *     be the beginning of this file; empty for an image
 * @param board whose update it is; empty in a journal of an older host, which did not say
 */
public record UpdateJournal(
        String execution,
        Sha256 imageHash,
        Sha256 fileSha256,
        Stage stage,
        String bootId,
        int attempt,
        int durablePages,
        String from,
        String modemUuid,
        Optional<BoardIdentity> board) {
    /** Of an image, on a board without an identity. */
    public UpdateJournal(
            String execution,
            Sha256 imageHash,
            Sha256 fileSha256,
            Stage stage,
            String bootId,
            int attempt,
            int durablePages,
            String from) {
        this(
                execution,
                imageHash,
                fileSha256,
                stage,
                bootId,
                attempt,
                durablePages,
                from,
                "",
                Optional.of(BoardIdentity.NONE));
    }

    /** Stages that matter to a restart. */
    public enum Stage {
        /** Pages travel; nothing is pending. */
        SENDING,
        /** Every page travels again, since the whole image did not verify: no page of the slot is trusted. Nothing is pending. */
        REWRITING,
        /** MARK may have been sent, and may have been carried out. */
        MARKING,
        /** The board has answered that the image is pending; RESET may have been sent. */
        MARKED
    }

    /** Returns what the update replaces. */
    public UpdateTarget target() {
        return modemUuid.isEmpty() ? UpdateTarget.APPLICATION : UpdateTarget.MODEM;
    }

    /** Whether the image may have been pending, so that the board may have swapped. */
    public boolean mayBePending() {
        return stage == Stage.MARKING || stage == Stage.MARKED;
    }

    /**
     * Whether this board is the one whose journal this is. Where identities do not tell, the boot id does: it is drawn anew at each start.
     */
    Match match(BoardIdentity now, String nowBootId) {
        Match match = board.map(own -> own.match(now)).orElse(Match.UNKNOWN);
        return match == Match.UNKNOWN && bootId.equals(nowBootId) ? Match.SAME : match;
    }

    /** Of an update that begins on this board. */
    static UpdateJournal begin(UpdatePlan plan, BoardInfo info, BoardIdentity board) {
        return new UpdateJournal(
                plan.execution(),
                plan.imageHash(),
                plan.fileSha256(),
                Stage.SENDING,
                info.identity().bootId(),
                0,
                0,
                plan.versionOn(info),
                plan.target().firmwareOn(info),
                Optional.of(board));
    }

    UpdateJournal at(Stage next, String nextBootId) {
        return with(next, nextBootId, attempt, durablePages, board);
    }

    /** Notes that MARK is sent now. A second MARK at the same start of the board is no new attempt. */
    UpdateJournal marking(String nowBootId) {
        return (isSameAttempt(nowBootId) ? this : nextAttempt()).at(Stage.MARKING, nowBootId);
    }

    /** Whether MARK may be sent at this start of the board without more attempts than these. */
    boolean allowsMark(String nowBootId, int attempts) {
        return attempt < attempts || isSameAttempt(nowBootId);
    }

    private boolean isSameAttempt(String nowBootId) {
        return mayBePending() && bootId.equals(nowBootId);
    }

    UpdateJournal nextAttempt() {
        return with(stage, bootId, attempt + 1, durablePages, board);
    }

    /** The same with another count of durable pages. */
    public UpdateJournal withDurablePages(int pages) {
        return with(stage, bootId, attempt, pages, board);
    }

    /** The same as the journal of this board. */
    public UpdateJournal of(BoardIdentity whose) {
        return with(stage, bootId, attempt, durablePages, Optional.of(whose));
    }

    private UpdateJournal with(
            Stage nextStage, String nextBootId, int nextAttempt, int pages, Optional<BoardIdentity> whose) {
        return new UpdateJournal(
                execution, imageHash, fileSha256, nextStage, nextBootId, nextAttempt, pages, from, modemUuid, whose);
    }
}
