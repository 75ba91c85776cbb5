package planted.serialadapterisseenbyitsusersonly.host.link;

import planted.serialadapterisseenbyitsusersonly.host.link.serial.Adapter;

final class Violation {
    Adapter adapter;
}
