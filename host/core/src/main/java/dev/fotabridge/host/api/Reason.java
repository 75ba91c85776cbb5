package dev.fotabridge.host.api;

/**
 * Why something ended: the only place that knows exit codes, outcomes, what AWS is told, and what to try.
 *
 * <p>The constant's name is the stable word of it: the {@code reason} of a RESULT and of the job's statusDetails.
 */
public enum Reason {
    SUCCEEDED(0, Outcome.SUCCEEDED, AtAws.SUCCEEDED, ""),
    UP_TO_DATE(0, Outcome.UP_TO_DATE, AtAws.SUCCEEDED, ""),

    INTERNAL_ERROR(
            1, Outcome.ERROR, AtAws.FAILED, "This is a bug of FOTA Bridge: please report it with the output of -v."),
    USAGE(2, Outcome.ERROR, AtAws.NOTHING, "See --help."),
    CONFIGURATION(3, Outcome.ERROR, AtAws.NOTHING, "Correct the option or the configuration file."),
    THING_BUSY(3, Outcome.ERROR, AtAws.NOTHING, "Wait until that process has ended, or stop it."),
    CREDENTIALS(
            3,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Correct what the message names; 'doctor' with the same options looks at each file and at the server's"
                    + " certificates."),

    NO_BOARD(4, Outcome.ERROR, AtAws.NOTHING, "Plug a board in, or name its port with --port; see 'port list'."),
    SEVERAL_BOARDS(4, Outcome.ERROR, AtAws.NOTHING, "Choose one with --port or --serial-number; see 'port list'."),
    PORT_BUSY(5, Outcome.ERROR, AtAws.NOTHING, "Close the other program that holds the port."),
    PORT_FORBIDDEN(
            5,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Give your user access to the port, on Linux: group dialout or a udev rule."),
    PORT_MISSING(5, Outcome.ERROR, AtAws.NOTHING, "Check the cable and the name; 'port list' shows what is there."),

    LINK_LOST(
            6,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check cable and power; the slot keeps what was written, the next try goes on from there."),
    NO_ANSWER(
            6,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check that this is the right port ('port list') and the rate at which the board starts (--start-baud), that the board has power, and"
                    + " that it runs an image with the stub."),
    NOT_A_STUB(
            7,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check that this is the right port and rate, and that the board runs an image with the stub."),
    STUB_VERSION(7, Outcome.FAILED, AtAws.FAILED, "Flash a stub that matches this version of fota-bridge."),
    BOARD_NOT_READY(
            17,
            Outcome.FAILED,
            AtAws.FAILED,
            "The board runs an image on trial: confirm it, or reset the board so that it reverts, then try again."),

    MODEM_NOT_READY(
            17,
            Outcome.FAILED,
            AtAws.FAILED,
            "Switch the modem to flight mode (AT+CFUN=4) and check the board's supply, then try again."),

    IMAGE_FORMAT(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Use the signed image of the build (zephyr.signed.bin, or app_update.bin of older SDKs)."),
    IMAGE_TRUNCATED(8, Outcome.REFUSED, AtAws.REJECTED, "The file is incomplete: copy or upload it again."),
    IMAGE_HASH(8, Outcome.REFUSED, AtAws.REJECTED, "The file is damaged: copy or upload it again, or sign it again."),
    IMAGE_SIZE(8, Outcome.REFUSED, AtAws.REJECTED, "Make the image smaller, or the board's slots larger."),
    IMAGE_SIGNATURE(8, Outcome.REFUSED, AtAws.REJECTED, "Sign the image with the key that the board's MCUboot knows."),
    BOARD_TYPE(8, Outcome.REFUSED, AtAws.REJECTED, "Choose the image that was built for this board."),
    MODEM_BASE(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Choose the delta that starts from the firmware that the modem runs; 'device info' shows it."),
    DOWNGRADE(8, Outcome.REFUSED, AtAws.REJECTED, "Leave --no-downgrade out if the older version is meant."),
    NO_MARKER(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Link the stub into the image, or use --complete-on written, which asks nothing of the new image."),
    BAD_DOCUMENT(8, Outcome.REFUSED, AtAws.REJECTED, "Correct the job document; see docs/aws-setup.md."),

    DOWNLOAD_NOT_FOUND(9, Outcome.FAILED, AtAws.FAILED, "Check bucket, key and region in the job document."),
    DOWNLOAD_FORBIDDEN(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "Mend what the server names as the cause; where it names none, the presigned URL has expired, or the object is not"
                    + " readable without one."),
    DOWNLOAD_NO_RANGE(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "The server must answer a ranged GET with a valid Content-Range, as S3 and nginx do."),
    DOWNLOAD_HOST_UNKNOWN(9, Outcome.FAILED, AtAws.FAILED, "Check the host name in the job document, and DNS here."),
    DOWNLOAD_HOST_NOT_ALLOWED(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "A job may only name public addresses, and behind a proxy S3's own names; allow another host by --allow-host HOST."),
    DOWNLOAD_TIMEOUT(9, Outcome.FAILED, AtAws.FAILED, "The server went silent: check the network, then try again."),
    DOWNLOAD_SIZE(
            9, Outcome.FAILED, AtAws.FAILED, "The object changed or is not the one the job names: make a new job."),
    DOWNLOAD_FAILED(9, Outcome.FAILED, AtAws.FAILED, "Check the network and the server, then try again."),

    NO_JOB(10, Outcome.NO_JOB, AtAws.NOTHING, "Create a job for this thing, or wait longer with --timeout."),
    WRITE_MISMATCH(
            11,
            Outcome.FAILED,
            AtAws.FAILED,
            "What the board wrote differs from the image twice: its flash may be worn out."),
    MODEM_FAILED(
            11,
            Outcome.FAILED,
            AtAws.FAILED,
            "Reset the board and try again; a modem that does not start any more needs its whole firmware, by nRF Connect's"
                    + " Programmer."),
    NOT_VERIFIED(
            12,
            Outcome.FAILED,
            AtAws.FAILED,
            "Nobody knows what the board runs: reset it (an unconfirmed image reverts) and ask 'device info'."),
    REVERTED(
            13,
            Outcome.REVERTED,
            AtAws.FAILED,
            "The bootloader refused the new image, or it was not confirmed: check its key, slot layout and start-up."),

    CLOUD_UNREACHABLE(14, Outcome.ERROR, AtAws.NOTHING, "Check --endpoint, the network and the firewall (port 8883)."),
    CLOUD_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "AWS IoT refuses this certificate: check that it is active, attached to the thing, and of this endpoint."),
    REPORT_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "AWS holds the job open: cancel its execution there by force, or wait for its timer; please report it with the"
                    + " output of -v."),
    CLOUD_POLICY(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "The certificate's policy does not allow this: add the statement named here; see docs/aws-setup.md."),

    PROXY_UNREACHABLE(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Check the proxy's name and port (--proxy, or the environment's https_proxy), or go directly by --no-proxy."),
    PROXY_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Name user and password (FOTA_BRIDGE_PROXY=http://USER:PASSWORD@HOST:PORT), or have the proxy allow CONNECT to"
                    + " the endpoint's port; 443 is let through more often than 8883."),

    JOB_CANCELED(15, Outcome.CANCELED, AtAws.NOTHING, "The job was cancelled at AWS; the board keeps its old image."),
    JOB_DELETED(15, Outcome.CANCELED, AtAws.NOTHING, "The job was deleted at AWS; the board keeps its old image."),
    JOB_TIMED_OUT(
            15, Outcome.CANCELED, AtAws.NOTHING, "The job's timer ran out at AWS: make a new job with a longer one."),
    JOB_TAKEN_OVER(15, Outcome.CANCELED, AtAws.NOTHING, "Somebody else works on this job: run one agent for a thing."),

    STORAGE_FULL(16, Outcome.FAILED, AtAws.FAILED, "Free some space, or choose another --state-dir."),
    STORAGE_UNWRITABLE(16, Outcome.FAILED, AtAws.FAILED, "Make --state-dir writable, or choose another."),
    LOCK_UNAVAILABLE(
            16,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Make the lock file's directory writable and free some space there; it lies in the directory for temporary files,"
                    + " which the Java property java.io.tmpdir names."),
    PARTIAL(20, Outcome.PARTIAL, AtAws.NOTHING, "See the result of each board."),
    INTERRUPTED(130, Outcome.INTERRUPTED, AtAws.NOTHING, "Start again: the update goes on where it was.");

    private final int exitCode;
    private final Outcome outcome;
    private final AtAws atAws;
    private final String whatToTry;

    Reason(int exitCode, Outcome outcome, AtAws atAws, String whatToTry) {
        this.exitCode = exitCode;
        this.outcome = outcome;
        this.atAws = atAws;
        this.whatToTry = whatToTry;
    }

    /** The exit code of the process, 0 to 130; documented in the README and never reused. */
    public int exitCode() {
        return exitCode;
    }

    public Outcome outcome() {
        return outcome;
    }

    public AtAws atAws() {
        return atAws;
    }

    /** One or two sentences for people: what to try. Empty when there is nothing to mend. */
    public String whatToTry() {
        return whatToTry;
    }
}
