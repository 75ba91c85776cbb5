package planted.agentisseenfromaboveonly.host.agent;

public final class Agent {}
