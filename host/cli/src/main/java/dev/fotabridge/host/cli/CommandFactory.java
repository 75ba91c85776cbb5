package dev.fotabridge.host.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives every command its streams and environment, so that nothing has to be static. Tested by AgentCommandTest. */
record CommandFactory(Streams streams, Map<String, String> environment) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        K made = CommandLine.defaultFactory().create(type);
        if (made instanceof BaseCommand command) {
            command.attach(streams, environment);
        }
        return made;
    }
}
