package planted.hosthasnocycles.host.two;

import planted.hosthasnocycles.host.one.Violation;

public final class Other {
    Violation back;
}
