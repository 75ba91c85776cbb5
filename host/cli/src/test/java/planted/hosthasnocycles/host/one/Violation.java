package planted.hosthasnocycles.host.one;

import planted.hosthasnocycles.host.two.Other;

public final class Violation {
    Other other;
}
