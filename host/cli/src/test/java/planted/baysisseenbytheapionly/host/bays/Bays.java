package planted.baysisseenbytheapionly.host.bays;

public final class Bays {}
