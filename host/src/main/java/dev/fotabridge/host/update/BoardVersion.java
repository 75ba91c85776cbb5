package dev.fotabridge.host.update;

import dev.fotabridge.host.image.ImageVersion;
import dev.fotabridge.protocol.session.BoardInfo;
import java.util.Optional;

/** The version that a board runs, written as image files' versions are. */
public final class BoardVersion {
    private BoardVersion() {}

    /** Empty if the board does not say. */
    public static String of(BoardInfo board) {
        return number(board).map(Object::toString).orElse("");
    }

    static Optional<ImageVersion> number(BoardInfo board) {
        return Optional.ofNullable(board.appVersion())
                .map(v -> new ImageVersion(v.major(), v.minor(), v.revision(), v.build()));
    }
}
