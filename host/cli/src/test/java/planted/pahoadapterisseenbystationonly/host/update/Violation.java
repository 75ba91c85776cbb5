package planted.pahoadapterisseenbystationonly.host.update;

import planted.pahoadapterisseenbystationonly.host.jobs.paho.Adapter;

final class Violation {
    Adapter adapter;
}
