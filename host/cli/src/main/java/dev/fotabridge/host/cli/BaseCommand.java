package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.store.StateDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * What all commands share: common options, streams, how an error is told, and how an interruption ends it all.
 * Tested by BareMachineIT.
 */
abstract class BaseCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    private Streams streams;
    private Map<String, String> environment;
    private JsonEvents json;
    private EventPrinter printer;
    private StateDirectory state;
    private Bays bays;
    private volatile boolean interrupted;
    private Optional<Subscription> events = Optional.empty();

    void attach(Streams toStreams, Map<String, String> ofEnvironment) {
        streams = toStreams;
        environment = ofEnvironment;
    }

    /** Does the command's work and returns its exit code. */
    abstract int execute() throws FotaException;

    @Override
    public final Integer call() {
        prepare();
        try {
            state = stateDirectory();
        } catch (FotaException e) {
            return fail(e.reason(), e.getMessage());
        } catch (InvalidPathException e) {
            return fail(Reason.CONFIGURATION, Sentences.noPath(e));
        }
        try (Interruption interruption = new Interruption(this::interrupt)) {
            int code = interruption.endsWith(streams.delivered(guarded(), !common.json));
            close();
            return code;
        }
    }

    private synchronized void close() {
        if (bays != null) {
            bays.close();
        }
    }

    /** Asks the command to end; any thread. */
    void interrupt() {
        interrupted = true;
        opened().ifPresent(Bays::interrupt);
    }

    boolean isInterrupted() {
        return interrupted;
    }

    private synchronized Optional<Bays> opened() {
        return Optional.ofNullable(bays);
    }

    static String software() {
        return "fota-bridge " + Version.number();
    }

    /** Whether journals or images of earlier runs matter to this command, which then needs a place for them. */
    boolean keepsState() {
        return false;
    }

    StateDirectory state() {
        return state;
    }

    private StateDirectory stateDirectory() throws FotaException {
        if (common.stateDir.isPresent()) {
            return new StateDirectory(common.stateDir.get());
        }
        boolean hasHome = StateDirectory.home(environment).isPresent();
        return keepsState() || hasHome ? StateDirectory.standard(environment) : StateDirectory.NONE;
    }

    private void prepare() {
        Logging.configure(common.verbose, streams.err());
        json = new JsonEvents(streams.out(), newSession(), Clock.systemUTC());
        printer = common.json ? new JsonAndErrors(json, streams.err()) : text();
    }

    private static String newSession() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private EventPrinter text() {
        TextStyle style = TextStyle.ofStandardError(environment);
        TextEvents events = new TextEvents(streams.err(), style, System::nanoTime);
        return common.quiet ? new ErrorsOnly(events) : events;
    }

    private int guarded() {
        try {
            int code = execute();
            awaitPrinted();
            return code;
        } catch (FotaException e) {
            return fail(e.reason(), e.getMessage());
        } catch (InvalidPathException e) {
            return fail(Reason.CONFIGURATION, Sentences.noPath(e));
        } catch (RuntimeException | Error e) {
            // The top of the thread: whatever it was has a name, an exit code and, with -v, its stack.
            if (common.verbose) {
                StringWriter stack = new StringWriter();
                e.printStackTrace(new PrintWriter(stack));
                streams.err().print(PlainLayout.indented(stack.toString()));
            }
            return fail(Reason.INTERNAL_ERROR, "Something unforeseen happened: " + e);
        }
    }

    private int fail(Reason reason, String message) {
        return ended(new RunEnd(reason, message));
    }

    /** Ends a command whose bay has told no end. */
    int ended(RunEnd end) {
        awaitPrinted();
        printer.result(UpdateRecord.early(end.reason(), end.message()));
        return end.reason().exitCode();
    }

    /** The board's place; what happens there is printed. Only a command that asks for one starts what bays share. */
    Bay bay(BayConfig config) throws FotaException {
        Bay bay = bays().bay(config);
        events = Optional.of(bay.observe(printer()));
        return bay;
    }

    /** What the boards of this command share; opened by the first use. */
    synchronized Bays bays() throws FotaException {
        if (bays == null) {
            bays = FotaBridge.open(state.root(), software(), json.session());
        }
        if (interrupted) {
            bays.interrupt();
        }
        return bays;
    }

    /** Until all that has happened at the bay is printed: what is printed next stands behind it. */
    void awaitPrinted() {
        events.ifPresent(Subscription::awaitDelivered);
    }

    /** What may not stand on a command line, where every user of the machine can read it. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(environment.get(ConfigDefaults.ENVIRONMENT_PREFIX + name))
                .filter(value -> !value.isEmpty());
    }

    Map<String, String> environment() {
        return environment;
    }

    Streams streams() {
        return streams;
    }

    /** Data lines of {@code --json}. */
    JsonEvents json() {
        return json;
    }

    /** Ends a command that printed data: with {@code --json} a RESULT is the last line of every command. */
    int done() {
        if (common.json) {
            json.result(UpdateRecord.early(Reason.SUCCEEDED, "Done."));
        }
        return Reason.SUCCEEDED.exitCode();
    }

    EventPrinter printer() {
        return printer;
    }

    /** The same for several boards at once. The log of {@code -v} would go through the lanes, so lines are printed beside it. */
    BoardsPrinter boardsPrinter(List<Bay> bays) {
        if (common.json) {
            return new BoardsJson(json, streams.err());
        }
        TextStyle style = TextStyle.ofStandardError(environment);
        if (!style.terminal() || common.quiet || common.verbose) {
            return new BoardsText(streams.err(), style, System::nanoTime, common.quiet);
        }
        List<String> names = bays.stream().map(Bay::name).toList();
        return new LaneScreen(streams.err(), style, System::nanoTime, TerminalSize::ofStandardError, names).start();
    }

    String session() {
        return json.session();
    }
}
