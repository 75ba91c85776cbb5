package planted.protocolhasnocycles.protocol.two;

import planted.protocolhasnocycles.protocol.one.Violation;

public final class Other {
    Violation back;
}
