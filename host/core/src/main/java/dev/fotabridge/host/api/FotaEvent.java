package dev.fotabridge.host.api;

/** The events of nRF Connect SDK's AWS FOTA library, under its names. */
public enum FotaEvent {
    /** The board has accepted the first data of an upload. */
    START,
    /** More of the image is durable on the board; comes with a percentage. */
    DL_PROGRESS,
    /** The update has succeeded. */
    DONE,
    /** The update has failed. */
    ERROR,
    /** Modem deltas only: the modem erases its scratch area, which takes up to minutes. */
    ERASE_PENDING,
    /** Modem deltas only: the erase is over. */
    ERASE_DONE
}
