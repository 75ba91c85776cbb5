package planted.protocolkeepsitsinsides.host.link;

import planted.protocolkeepsitsinsides.protocol.window.Inside;

final class Violation {
    Inside inside;
}
