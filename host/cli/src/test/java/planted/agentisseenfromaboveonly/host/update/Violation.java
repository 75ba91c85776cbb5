package planted.agentisseenfromaboveonly.host.update;

import planted.agentisseenfromaboveonly.host.agent.Agent;

final class Violation {
    Agent agent;
}
