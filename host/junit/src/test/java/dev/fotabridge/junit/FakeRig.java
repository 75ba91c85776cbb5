package dev.fotabridge.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.OutputDirectoryProvider;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Boards in memory, and JUnit runs on them. As an extension of the classes that are run, it puts the rig where {@link
 * FotaBoardExtension} looks for one.
 */
final class FakeRig implements ExecutionCondition {
    private static final String ID = "fake.rig";
    private static final Map<String, FakeRig> RIGS = new ConcurrentHashMap<>();

    /** What was done to the places, in order. */
    final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private final List<RigBoard> boards = new ArrayList<>();
    private final Map<String, FakePlace> places = new ConcurrentHashMap<>();
    private final Map<String, String> parameters = new ConcurrentHashMap<>();

    FakeRig() {}

    static FakeRig in(Path reports) {
        FakeRig rig = new FakeRig();
        return rig.with("fotabridge.rig.reports", reports.toString());
    }

    FakeRig with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    FakeRig board(String name, String... capabilities) {
        return board(name, Optional.empty(), capabilities);
    }

    FakeRig board(String name, Optional<dev.fotabridge.host.api.Reason> startFails, String... capabilities) {
        FakePlace place = new FakePlace(name, done, startFails);
        places.put(name, place);
        boards.add(new RigBoard(name, Set.of(capabilities), place));
        return this;
    }

    RigBoard entry(String name) {
        return boards.stream()
                .filter(board -> board.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static FakeBay bay(String board) {
        return current().places.get(board).bay();
    }

    /** The one rig of this thread's run. */
    static FakeRig current() {
        return RIGS.values().stream().findFirst().orElseThrow();
    }

    EngineExecutionResults run(Class<?>... classes) {
        String id = Integer.toString(System.identityHashCode(this));
        RIGS.put(id, this);
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(Stream.of(classes)
                            .map(DiscoverySelectors::selectClass)
                            .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                    .configurationParameter(ID, id)
                    .configurationParameters(parameters)
                    .outputDirectoryProvider(new ReportDirectory(Path.of(parameters.get("fotabridge.rig.reports"))))
                    .execute();
        } finally {
            RIGS.remove(id);
        }
    }

    /** Where JUnit puts what is published. */
    private record ReportDirectory(Path root) implements OutputDirectoryProvider {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(root.resolve("published"));
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        FakeRig rig = context.getConfigurationParameter(ID).map(RIGS::get).orElse(null);
        if (rig == null) {
            return ConditionEvaluationResult.disabled("runs only by another test");
        }
        context.getRoot()
                .getStore(FotaBoardExtension.NAMESPACE)
                .getOrComputeIfAbsent(
                        Rig.class,
                        k -> new Rig(
                                new RigFinder.Found(rig.boards, "the fake rig"),
                                RigSettings.of(context::getConfigurationParameter)),
                        Rig.class);
        return ConditionEvaluationResult.enabled("");
    }
}
