package dev.fotabridge.host.link;

import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.protocol.session.HostSession;
import dev.fotabridge.protocol.session.SessionConfig;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.upload.Upload;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays an update of 24 bytes from HELLO to RESET with a board that is not there. A JVM that does something for the first time needs many
 * times as long, 60 ms altogether; this has it done before a board waits for it. Once a process is enough.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final HexFormat HEX = HexFormat.of();

    /** Of the worked exchange of SPEC.md, section 9. */
    private static final byte[] NONCE = HEX.parseHex("0123456789abcdef");

    /** What the board answers there to each frame of the host's. */
    private static final String[] ANSWERS = {
        "00048101230119010123456789abcdef01020304050607080102010102040301011a030a746573745f626f6172640402"
                + "75310505302e312e30060801010101010101260721a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"
                + "a5a5a5a5a50108170102080102800101021001010101010102600103040103090c0404fe3f0101022001025a030a0802"
                + "100101022001030b01030c010544ebdb2500",
        "0005830123010201010e0132cfc1b94b6b7aee0160bffd00000584012302030103010101010560cf274700",
        "0005840123030302040101010105dd90558d000005820123040202020101010101010101010220010101010101010105"
                + "b393c73600",
        "00058201230502030201010101022601010326200102010101010101059df668e300",
        "0005840123060303060101010105ad082b14000005820123070204020201010102260101032620010201010101010105"
                + "4ae25a5a00",
        "0005840123080304070101010105f839d36d000005820123090205020301010102260101032620010201010101010105"
                + "3156bb6200",
        "00058401230a0305080101010105e32b0e0e00"
    };

    private static final int IMAGE_BYTES = 24;
    private static final int HASH_BYTES = 32;
    private static final long MILLIS = 1_000_000;

    private Thread player;

    /** Begins to play it on a thread of its own, if nobody has begun yet. It only saves time: what it met, a session will meet and tell. */
    public synchronized void begin() {
        if (player == null) {
            player = WatchedThreads.start("link-rehearsal", Rehearsal::play, e -> LOG.debug("the rehearsal failed", e));
        }
    }

    /** Waits until it has been played. */
    void await() {
        Thread playing;
        synchronized (this) {
            playing = player;
        }
        try {
            playing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Plays it, on the thread that calls; where it ended, for the test. */
    static SessionEvent play() {
        HostSession session = new HostSession(SessionConfig.defaults("rehearsal"), NONCE, 0);
        ByteBuffer sent = ByteBuffer.allocate(512);
        SessionEvent last = null;
        long now = 0;
        session.connect(now);
        for (String answer : ANSWERS) {
            now += MILLIS;
            session.tick(now);
            session.transmit(sent.clear(), now);
            session.receive(ByteBuffer.wrap(HEX.parseHex(answer)), now);
            for (SessionEvent event = session.poll(); event != null; event = session.poll()) {
                last = event;
                react(session, event, now);
            }
        }
        return last;
    }

    private static void react(HostSession session, SessionEvent event, long now) {
        if (event instanceof SessionEvent.Connected) {
            byte[] hash = new byte[HASH_BYTES];
            session.upload(new Upload(image(), hash, hash, Upload.Trust.UNKNOWN, 0), now);
        } else if (event instanceof SessionEvent.Verified) {
            session.mark(now);
        } else if (event instanceof SessionEvent.Marked) {
            session.reset(now);
        }
    }

    /** The bytes 1 to 24. */
    private static byte[] image() {
        byte[] image = new byte[IMAGE_BYTES];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (i + 1);
        }
        return image;
    }
}
