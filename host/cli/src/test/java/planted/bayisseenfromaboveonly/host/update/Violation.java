package planted.bayisseenfromaboveonly.host.update;

import planted.bayisseenfromaboveonly.host.bay.Bay;

final class Violation {
    Bay bay;
}
