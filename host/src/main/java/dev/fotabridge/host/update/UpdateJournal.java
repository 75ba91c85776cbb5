package dev.fotabridge.host.update;

import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.protocol.session.BoardInfo;
import dev.fotabridge.protocol.session.ModemInfo;

/**
 * What a host remembers of an update over its own death. It is durable on disk before MARK is sent.
 *
 * @param execution names the job execution or the file; another one's journal says nothing
 * @param imageHash of the new image
 * @param fileSha256 of the bytes that go to the board
 * @param stage how far it had come for certain
 * @param bootId of the board's start in which this stage was entered; empty before the first contact
 * @param attempt how often MARK was asked for, from 0
 * @param durablePages image pages 0 to n-1 that this host saw durable
 * @param from version that ran before, empty if the board did not say
 * @param modemUuid of a modem delta: the firmware that the modem ran before, so that what the modem has of a delta is known to
 *     be the beginning of this file; empty for an image
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
        String modemUuid) {
    /** Of an image. */
    public UpdateJournal(
            String execution,
            Sha256 imageHash,
            Sha256 fileSha256,
            Stage stage,
            String bootId,
            int attempt,
            int durablePages,
            String from) {
        this(execution, imageHash, fileSha256, stage, bootId, attempt, durablePages, from, "");
    }

    /** Stages that matter to a restart. */
    public enum Stage {
        /** Pages travel; nothing is pending. */
        SENDING,
        /** MARK may have been sent, and may have been carried out. */
        MARKING,
        /** The board has answered that the image is pending; RESET may have been sent. */
        MARKED
    }

    /** Of a modem delta. */
    public boolean isModem() {
        return !modemUuid.isEmpty();
    }

    /** Whether the image may have been pending, so that the board may have swapped. */
    public boolean mayBePending() {
        return stage != Stage.SENDING;
    }

    /** Of an update that begins on this board. */
    static UpdateJournal begin(UpdatePlan plan, BoardInfo board) {
        return new UpdateJournal(
                plan.execution(),
                plan.imageHash(),
                plan.fileSha256(),
                Stage.SENDING,
                board.bootId(),
                0,
                0,
                plan.versionOn(board),
                plan.modem() ? board.modem().map(ModemInfo::uuid).orElse("") : "");
    }

    UpdateJournal at(Stage next, String nextBootId) {
        return new UpdateJournal(
                execution, imageHash, fileSha256, next, nextBootId, attempt, durablePages, from, modemUuid);
    }

    UpdateJournal nextAttempt() {
        return new UpdateJournal(
                execution, imageHash, fileSha256, stage, bootId, attempt + 1, durablePages, from, modemUuid);
    }

    /** The same with another count of durable pages. */
    public UpdateJournal withDurablePages(int pages) {
        return new UpdateJournal(execution, imageHash, fileSha256, stage, bootId, attempt, pages, from, modemUuid);
    }
}
