package planted.serialadapterisseenbyitsusersonly.host.link.serial;

public final class Adapter {}
