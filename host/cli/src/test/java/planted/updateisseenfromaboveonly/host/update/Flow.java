package planted.updateisseenfromaboveonly.host.update;

public final class Flow {}
