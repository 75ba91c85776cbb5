package planted.bayisseenfromaboveonly.host.bay;

public final class Bay {}
