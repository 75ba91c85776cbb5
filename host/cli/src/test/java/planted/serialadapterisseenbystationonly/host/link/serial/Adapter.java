package planted.serialadapterisseenbystationonly.host.link.serial;

public final class Adapter {}
