package planted.updateisseenfromaboveonly.host.link;

import planted.updateisseenfromaboveonly.host.update.Flow;

final class Violation {
    Flow flow;
}
