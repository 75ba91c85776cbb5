package planted.apiisclosed.host.api;

import planted.apiisclosed.host.link.Link;

public final class Violation {
    public Link link() {
        return null;
    }
}
