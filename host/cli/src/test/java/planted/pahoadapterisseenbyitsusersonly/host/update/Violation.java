package planted.pahoadapterisseenbyitsusersonly.host.update;

import planted.pahoadapterisseenbyitsusersonly.host.jobs.paho.Adapter;

final class Violation {
    Adapter adapter;
}
