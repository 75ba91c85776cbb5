package planted.baysisseenbytheapionly.host.update;

import planted.baysisseenbytheapionly.host.bays.Bays;

final class Violation {
    Bays bays;
}
