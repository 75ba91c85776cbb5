package planted.sessionisseenfromaboveonly.protocol.session;

public final class Session {}
