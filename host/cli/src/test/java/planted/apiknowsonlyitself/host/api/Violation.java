package planted.apiknowsonlyitself.host.api;

import planted.apiknowsonlyitself.host.link.Link;

final class Violation {
    Link link;
}
