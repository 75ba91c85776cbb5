package dev.fotabridge.junit;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.MediaType;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/**
 * What JUnit calls for a test with {@link FotaBoard}: claims boards before it, puts evidence beside its failure, publishes the
 * reports, and has JUnit's store release the boards. Keeps nothing itself.
 */
final class FotaBoardExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FotaBoardExtension.class);
    private static final System.Logger LOG = System.getLogger("dev.fotabridge.junit");
    private static final String USED = "used";
    private static final MediaType JSON_LINES = MediaType.parse("application/jsonl");

    static Rig rig(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Rig.class, k -> Rig.of(RigSettings.of(context::getConfigurationParameter)), Rig.class);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> why = rig(context).whySkipped();
        return why.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a rig"));
    }

    /** For constructors and what runs once for all tests of the class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        Stream<Executable> once = Stream.concat(
                Stream.<Constructor<?>>of(testClass.getDeclaredConstructors()),
                methods(testClass, BeforeAll.class, AfterAll.class));
        claim(once, context, testClass.getSimpleName());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Stream<Executable> methods = Stream.of(context.getRequiredTestMethod());
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            methods = Stream.concat(methods, methods(type, BeforeEach.class, AfterEach.class));
        }
        claim(methods, context, context.getDisplayName());
    }

    private static Stream<Executable> methods(
            Class<?> type, Class<? extends Annotation> before, Class<? extends Annotation> after) {
        return ReflectionSupport.findMethods(
                        type,
                        method -> AnnotationSupport.isAnnotated(method, before)
                                || AnnotationSupport.isAnnotated(method, after),
                        HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(Executable.class::cast);
    }

    private static void claim(Stream<Executable> executables, ExtensionContext context, String name) {
        List<ClaimedBoard> used = new ArrayList<>();
        context.getStore(NAMESPACE).put(USED, used);
        executables
                .flatMap(executable -> Arrays.stream(executable.getParameters()))
                .filter(parameter -> parameter.getType() == Board.class)
                .map(parameter -> held(request(parameter, context), context))
                .distinct()
                .forEach(used::add);
        used.forEach(FotaBoardExtension::requireWhole);
        TimeBudget budget = TimeBudget.ofTest(rig(context).settings().test(), System::nanoTime);
        used.forEach(board -> board.begin(name, budget));
    }

    private static void requireWhole(ClaimedBoard board) {
        if (BrokenBoards.cause(board.board()).isPresent()) {
            throw new TestAbortedException(Rig.brokenSentence(board.board()));
        }
    }

    private static BoardRequest request(Parameter parameter, ExtensionContext context) {
        Optional<FotaBoard> own = AnnotationSupport.findAnnotation(parameter, FotaBoard.class);
        if (own.isPresent()) {
            if (own.get().scope() != FotaBoard.Scope.METHOD) {
                throw new ExtensionConfigurationException("@FotaBoard on the parameter " + parameter + " of "
                        + parameter.getDeclaringExecutable()
                        + " can have the scope METHOD only; put it on the class or the method.");
            }
            return request(own.get(), parameter, context);
        }
        Stream<AnnotatedElement> elements =
                Stream.concat(Stream.of(parameter.getDeclaringExecutable()), context.getTestMethod().stream());
        for (AnnotatedElement element : elements.toList()) {
            Optional<FotaBoard> found = AnnotationSupport.findAnnotation(element, FotaBoard.class);
            if (found.isPresent()) {
                return request(found.get(), element, context);
            }
        }
        return requestOfClass(parameter, context);
    }

    private static BoardRequest requestOfClass(Parameter parameter, ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            Optional<FotaBoard> found = AnnotationSupport.findAnnotation(type, FotaBoard.class);
            if (found.isPresent()) {
                return request(found.get(), type, context);
            }
        }
        throw new ExtensionConfigurationException("The parameter " + parameter + " of "
                + parameter.getDeclaringExecutable() + " needs @FotaBoard: there, on the method, or on the class.");
    }

    private static BoardRequest request(FotaBoard annotation, AnnotatedElement element, ExtensionContext context) {
        Class<?> testClass = element instanceof Class<?> type ? type : context.getRequiredTestClass();
        Object owner = annotation.scope() == FotaBoard.Scope.CLASS ? testClass : element;
        String method = context.getTestMethod().map(m -> "." + m.getName()).orElse("");
        String holder = switch (annotation.scope()) {
            case METHOD -> context.getRequiredTestClass().getName() + method;
            case CLASS -> testClass.getName();
            case SESSION -> "session, begun by " + testClass.getName();
        };
        return BoardRequest.of(annotation, owner, holder);
    }

    /** Returns the board that is held for the request, or claims one. */
    private static ClaimedBoard held(BoardRequest request, ExtensionContext context) {
        ExtensionContext.Store store = keeper(request, context).getStore(NAMESPACE);
        ClaimedBoard held = store.get(request.key(), ClaimedBoard.class);
        if (held == null) {
            held = rig(context).claim(request);
            store.put(request.key(), held);
        }
        return held;
    }

    /** Returns the context at whose end the board is released. */
    private static ExtensionContext keeper(BoardRequest request, ExtensionContext context) {
        return switch (request.scope()) {
            case SESSION -> context.getRoot();
            case CLASS -> keeperOfClass((Class<?>) request.owner(), context);
            case METHOD -> {
                if (context.getTestMethod().isEmpty()) {
                    throw new ExtensionConfigurationException(
                            "A constructor or a method that runs once for all tests of "
                                    + context.getRequiredTestClass().getName()
                                    + " needs @FotaBoard(scope = CLASS) or SESSION for its board.");
                }
                yield context;
            }
        };
    }

    private static ExtensionContext keeperOfClass(Class<?> owner, ExtensionContext context) {
        ExtensionContext keeper = context;
        while (keeper.getTestMethod().isPresent()
                || keeper.getTestClass().filter(owner::isAssignableFrom).isEmpty()) {
            keeper = keeper.getParent().orElseThrow();
        }
        return keeper;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Board.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return held(request(parameter.getParameter(), context), context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withEvidence(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withEvidence(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withEvidence(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withEvidence(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withEvidence(context, failure);
    }

    /** A failure of a board has its evidence already, and an assumption that is not met is none. */
    private static Throwable withEvidence(ExtensionContext context, Throwable failure) {
        if (!(failure instanceof TestAbortedException) && !(failure instanceof BoardFailure)) {
            used(context).forEach(board -> failure.addSuppressed(new BoardEvidence(board.evidence())));
        }
        return failure;
    }

    @SuppressWarnings("unchecked")
    private static List<ClaimedBoard> used(ExtensionContext context) {
        List<ClaimedBoard> used = context.getStore(NAMESPACE).get(USED, List.class);
        return used == null ? List.of() : used;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Optional<Throwable> failure =
                context.getExecutionException().filter(thrown -> !(thrown instanceof TestAbortedException));
        for (ClaimedBoard board : used(context)) {
            board.end(failure);
            publish(board, context);
        }
    }

    private static void publish(ClaimedBoard board, ExtensionContext context) {
        publish(
                context,
                board.name() + "-console.log",
                MediaType.TEXT_PLAIN_UTF_8,
                board.recorder().timedLines());
        publish(context, board.name() + "-events.jsonl", JSON_LINES, board.eventLines());
        board.lastUpdate()
                .ifPresent(text ->
                        publish(context, board.name() + "-update.json", MediaType.APPLICATION_JSON, List.of(text)));
    }

    private static void publish(ExtensionContext context, String name, MediaType type, List<String> lines) {
        try {
            context.publishFile(name, type, file -> write(file, lines));
        } catch (JUnitException e) {
            // A launcher without a directory for them: the full log is there all the same.
            LOG.log(System.Logger.Level.DEBUG, "A report file cannot be published", e);
        }
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, lines);
    }
}
