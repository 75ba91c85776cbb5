package dev.fotabridge.host.api;

/**
 * Why a command ended. No other place knows exit codes, outcomes, what AWS is told, and what to try.
 *
 * <p>A constant's name is stable: it is the {@code reason} of a RESULT and of the job's statusDetails.
 */
public enum Reason {
    /** The update is done, as {@link CompleteOn} defines it. */
    SUCCEEDED(0, Outcome.SUCCEEDED, AtAws.SUCCEEDED, ""),
    /** The board already runs this image, confirmed; nothing was written. */
    UP_TO_DATE(0, Outcome.UP_TO_DATE, AtAws.SUCCEEDED, ""),

    /** A bug of the library or the program. */
    INTERNAL_ERROR(
            1, Outcome.ERROR, AtAws.FAILED, "This is a bug of FOTA Bridge: please report it with the output of -v."),
    /** The command line is wrong. The library itself does not use it. */
    USAGE(2, Outcome.ERROR, AtAws.NOTHING, "See --help."),
    /** A setting, or a file that it names, cannot be used. */
    CONFIGURATION(3, Outcome.ERROR, AtAws.NOTHING, "Correct the option or the configuration file."),
    /** The image cannot be read: there is no such file, or it is no file, or the user may not read it. */
    IMAGE_UNREADABLE(
            3,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Check the path; name the signed image of the build, such as build/zephyr/app_update.bin."),
    /** Another process of this computer works for the same thing. */
    THING_BUSY(3, Outcome.ERROR, AtAws.NOTHING, "Wait until that process has ended, or stop it."),
    /** A certificate or a private key cannot be used, or the server's certificate is not trusted. */
    CREDENTIALS(
            3,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Correct what the message names; 'doctor' with the same options looks at each file and at the server's"
                    + " certificates."),

    /** No board, or none with the wanted serial number, is plugged in. */
    NO_BOARD(4, Outcome.ERROR, AtAws.NOTHING, "Plug a board in, or name its port with --port; see 'port list'."),
    /** Several boards are plugged in, and none was chosen. */
    SEVERAL_BOARDS(4, Outcome.ERROR, AtAws.NOTHING, "Choose one with --port or --serial-number; see 'port list'."),
    /** Another program, or another bay, holds the serial port. */
    PORT_BUSY(5, Outcome.ERROR, AtAws.NOTHING, "Close the other program that holds the port."),
    /** The user has no access to the serial port. */
    PORT_FORBIDDEN(
            5,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Give your user access to the port, on Linux by 'sudo usermod -aG dialout USER' and a new login, or by a udev rule."),
    /** There is no such serial port, or it disappeared. */
    PORT_MISSING(5, Outcome.ERROR, AtAws.NOTHING, "Check the cable and the name; 'port list' shows what is there."),

    /** The board stopped answering and did not come back within the timeout; it was not yet to start the new image. */
    LINK_LOST(
            6,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check cable and power; the slot keeps what was written, the next try goes on from there."),
    /** Nothing answered at the port within the timeout. */
    NO_ANSWER(
            6,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check that this is the right port ('port list') and the rate at which the board starts (--start-baud), that the board has power, and"
                    + " that it runs an image with the stub."),
    /** Bytes come from the port, but no frames of DK Link. */
    NOT_A_STUB(
            7,
            Outcome.FAILED,
            AtAws.FAILED,
            "Check that this is the right port and rate, and that the board runs an image with the stub."),
    /** The board speaks no version of DK Link that this library speaks, or violates its protocol. */
    STUB_VERSION(7, Outcome.FAILED, AtAws.FAILED, "Flash a stub that matches this version of fota-bridge."),
    /** The board runs an image on trial, which MCUboot would lose if another one came. */
    BOARD_NOT_READY(
            17,
            Outcome.FAILED,
            AtAws.FAILED,
            "The board runs an image on trial: confirm it, or reset the board so that it reverts, then try again."),

    /** The modem takes no delta now: it is not initialised or offline, its supply is too low, or its erase does not end. */
    MODEM_NOT_READY(
            17,
            Outcome.FAILED,
            AtAws.FAILED,
            "Switch the modem to flight mode (AT+CFUN=4) and check the board's supply, then try again."),

    /** The file is neither an MCUboot image nor a modem delta. */
    IMAGE_FORMAT(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Use the signed image of the build (zephyr.signed.bin, or app_update.bin of older SDKs)."),
    /** The file ends before the image does. */
    IMAGE_TRUNCATED(8, Outcome.REFUSED, AtAws.REJECTED, "The file is incomplete: copy or upload it again."),
    /** The image does not match the hash that it carries, or the modem rejects the delta's data. */
    IMAGE_HASH(8, Outcome.REFUSED, AtAws.REJECTED, "The file is damaged: copy or upload it again, or sign it again."),
    /** The image or delta is too large for the board, or too small for the board to read its hash. */
    IMAGE_SIZE(8, Outcome.REFUSED, AtAws.REJECTED, "Make the image smaller, or the board's slots larger."),
    /** The image is not signed by the given key. */
    IMAGE_SIGNATURE(8, Outcome.REFUSED, AtAws.REJECTED, "Sign the image with the key that the board's MCUboot knows."),
    /** The image is for another type of board. */
    BOARD_TYPE(8, Outcome.REFUSED, AtAws.REJECTED, "Choose the image that was built for this board."),
    /** The delta is for other modem firmware than the modem runs. */
    MODEM_BASE(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Choose the delta that starts from the firmware that the modem runs; 'device info' shows it."),
    /** The image is older than the running one, and {@link UpdateOptions#noDowngrade} is set. */
    DOWNGRADE(8, Outcome.REFUSED, AtAws.REJECTED, "Leave --no-downgrade out if the older version is meant."),
    /** The image does not contain the stub, so the board could not answer after the swap. */
    NO_MARKER(
            8,
            Outcome.REFUSED,
            AtAws.REJECTED,
            "Link the stub into the image, or use --complete-on written, which asks nothing of the new image."),
    /** The job document cannot be read, or lacks what an update needs. */
    BAD_DOCUMENT(8, Outcome.REFUSED, AtAws.REJECTED, "Correct the job document; see docs/aws-setup.md."),

    /** The server does not have the object: HTTP status 404 or 410. */
    DOWNLOAD_NOT_FOUND(9, Outcome.FAILED, AtAws.FAILED, "Check bucket, key and region in the job document."),
    /** The server refuses access to the object: HTTP status 401 or 403. */
    DOWNLOAD_FORBIDDEN(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "Mend what the server names as the cause; where it names none, the presigned URL has expired, or the object is not"
                    + " readable without one."),
    /** The server does not answer a ranged request as HTTP requires. */
    DOWNLOAD_NO_RANGE(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "The server must answer a ranged GET with a valid Content-Range, as S3 and nginx do."),
    /** DNS does not know the host that the job names. */
    DOWNLOAD_HOST_UNKNOWN(9, Outcome.FAILED, AtAws.FAILED, "Check the host name in the job document, and DNS here."),
    /** The job names a host whose address is not public, and which is not listed as allowed. */
    DOWNLOAD_HOST_NOT_ALLOWED(
            9,
            Outcome.FAILED,
            AtAws.FAILED,
            "A job may only name public addresses, and behind a proxy S3's own names; allow another host by --allow-host HOST."),
    /** The server went silent, or the download took too long. */
    DOWNLOAD_TIMEOUT(9, Outcome.FAILED, AtAws.FAILED, "The server went silent: check the network, then try again."),
    /** The object's size or SHA-256 is not the one in the job document, or changed while it was fetched. */
    DOWNLOAD_SIZE(
            9, Outcome.FAILED, AtAws.FAILED, "The object changed or is not the one the job names: make a new job."),
    /** The download failed in another way, such as HTTP status 500 or a server that is not trusted. */
    DOWNLOAD_FAILED(9, Outcome.FAILED, AtAws.FAILED, "Check the network and the server, then try again."),

    /** No job came within the timeout. */
    NO_JOB(10, Outcome.NO_JOB, AtAws.NOTHING, "Create a job for this thing, or wait longer with --timeout."),
    /** The board's flash does not hold the image, at the second attempt too. */
    WRITE_MISMATCH(
            11,
            Outcome.FAILED,
            AtAws.FAILED,
            "What the board wrote differs from the image twice: its flash may be worn out."),
    /** The modem refused the delta or could not apply it, or does not start any more. */
    MODEM_FAILED(
            11,
            Outcome.FAILED,
            AtAws.FAILED,
            "Reset the board and try again; a modem that does not start any more needs its whole firmware, by nRF Connect's"
                    + " Programmer."),
    /** What the board runs could not be found out after the image was marked to be swapped. */
    NOT_VERIFIED(
            12,
            Outcome.FAILED,
            AtAws.FAILED,
            "Nobody knows what the board runs: reset it (an unconfirmed image reverts) and ask 'device info'."),
    /** The board runs its old image: MCUboot refused the new one, or it was not confirmed. */
    REVERTED(
            13,
            Outcome.REVERTED,
            AtAws.FAILED,
            "The bootloader refused the new image, or it was not confirmed: check its key, slot layout and start-up."),

    /** No connection to the endpoint, or AWS did not answer in time. */
    CLOUD_UNREACHABLE(14, Outcome.ERROR, AtAws.NOTHING, "Check --endpoint, the network and the firewall (port 8883)."),
    /** The endpoint does not accept the client's certificate or its connection. */
    CLOUD_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "AWS IoT refuses this certificate: check that it is active, attached to the thing, and of this endpoint."),
    /** AWS refuses the report of how the job ended, and still holds the job open. */
    REPORT_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "AWS holds the job open: cancel its execution there by force, or wait for its timer; please report it with the"
                    + " output of -v."),
    /** The certificate's policy lacks a statement; the message names it. */
    CLOUD_POLICY(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "The certificate's policy does not allow this: add the statement named here; see docs/aws-setup.md."),

    /** The proxy cannot be reached or does not answer as one. */
    PROXY_UNREACHABLE(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Check the proxy's name and port (--proxy, or the environment's https_proxy), or go directly by --no-proxy."),
    /** The proxy refuses the user, or the connection to the endpoint. */
    PROXY_REFUSED(
            14,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Name user and password (FOTA_BRIDGE_PROXY=http://USER:PASSWORD@HOST:PORT), or have the proxy allow CONNECT to"
                    + " the endpoint's port; 443 is let through more often than 8883."),

    /** The job or its execution was cancelled at AWS. */
    JOB_CANCELED(15, Outcome.CANCELED, AtAws.NOTHING, "The job was cancelled at AWS; the board keeps its old image."),
    /** The job or its execution was deleted at AWS. */
    JOB_DELETED(15, Outcome.CANCELED, AtAws.NOTHING, "The job was deleted at AWS; the board keeps its old image."),
    /** The execution's timer ran out at AWS. */
    JOB_TIMED_OUT(
            15, Outcome.CANCELED, AtAws.NOTHING, "The job's timer ran out at AWS: make a new job with a longer one."),
    /** Another host reports on the same execution. */
    JOB_TAKEN_OVER(15, Outcome.CANCELED, AtAws.NOTHING, "Somebody else works on this job: run one agent for a thing."),

    /** There is no space left in the state directory. */
    STORAGE_FULL(16, Outcome.FAILED, AtAws.FAILED, "Free some space, or name another place (--state-dir, --log)."),
    /** The state directory or standard output cannot be written or read. */
    STORAGE_UNWRITABLE(
            16, Outcome.FAILED, AtAws.FAILED, "Make it writable, or name another place (--state-dir, --log)."),
    /** No lock file can be made for the port or the thing. */
    LOCK_UNAVAILABLE(
            16,
            Outcome.ERROR,
            AtAws.NOTHING,
            "Make the lock file's directory writable and free some space there; it lies in the directory for temporary files,"
                    + " which the Java property java.io.tmpdir names."),
    /** Several boards did not end alike. How a command for several boards ends; a bay has one board and does not use it. */
    PARTIAL(20, Outcome.PARTIAL, AtAws.NOTHING, "See the result of each board."),
    /** The caller or a signal ended the command; the same command goes on where it was. */
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

    /**
     * {@return the exit code of a process that ends for this reason, 0 to 130; the README lists them, and none gets another
     * meaning}
     */
    public int exitCode() {
        return exitCode;
    }

    /** {@return the outcome to which this reason belongs} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return how the job execution ends at AWS} */
    public AtAws atAws() {
        return atAws;
    }

    /** {@return one or two sentences for people about what to try; empty when nothing is wrong} */
    public String whatToTry() {
        return whatToTry;
    }
}
