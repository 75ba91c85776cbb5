package planted.decisionsreadnoclock.host.update;

import java.time.Instant;

final class Violation {
    Instant now() {
        return Instant.now();
    }
}
