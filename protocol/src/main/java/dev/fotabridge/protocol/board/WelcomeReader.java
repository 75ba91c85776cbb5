package dev.fotabridge.protocol.board;

import dev.fotabridge.protocol.message.Item;
import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Welcome;

/** Reads a WELCOME and checks it; SPEC.md section 3.2. Tested by HostileBoardTest. */
public final class WelcomeReader {
    /** The version of DK Link that this host speaks. */
    public static final int VERSION = 1;

    private static final int VERSIONS = 0x01;

    private WelcomeReader() {}

    /** @throws MalformedMessageException if an item is missing or out of its range */
    public static BoardInfo read(Welcome welcome) throws MalformedMessageException {
        WelcomeItems items = new WelcomeItems(welcome);
        WelcomeItems.check(welcome.version() == VERSION, "WELCOME chose version " + welcome.version());
        items.required(VERSIONS, "VERSIONS").bytes(2);
        return new BoardInfo(
                BoardInfo.Identity.of(items),
                BoardInfo.Link.of(items),
                BoardInfo.Running.of(items),
                SlotInfo.of(items),
                BoardInfo.Flash.of(items),
                ModemInfo.of(items));
    }

    /** Returns the versions that the stub speaks, in words; also for a WELCOME that cannot be read otherwise. */
    public static String versions(Welcome welcome) {
        return Item.first(welcome.items(), VERSIONS)
                .filter(item -> item.value().length >= 2)
                .map(item -> (item.value()[0] & 0xFF) + " to " + (item.value()[1] & 0xFF))
                .orElse("unknown versions");
    }
}
