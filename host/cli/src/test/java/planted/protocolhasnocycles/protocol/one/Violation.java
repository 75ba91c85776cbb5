package planted.protocolhasnocycles.protocol.one;

import planted.protocolhasnocycles.protocol.two.Other;

public final class Violation {
    Other other;
}
