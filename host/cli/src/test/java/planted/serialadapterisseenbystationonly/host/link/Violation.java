package planted.serialadapterisseenbystationonly.host.link;

import planted.serialadapterisseenbystationonly.host.link.serial.Adapter;

final class Violation {
    Adapter adapter;
}
