package planted.sessionisseenfromaboveonly.protocol.upload;

import planted.sessionisseenfromaboveonly.protocol.session.Session;

final class Violation {
    Session session;
}
