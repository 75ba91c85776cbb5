package planted.fixturesneverseehost.host.update;

public final class Flow {}
