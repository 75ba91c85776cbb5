package dev.fotabridge.host.cli;

import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.station.Station;
import dev.fotabridge.host.store.StateDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all commands share: common options, streams, how an error is told, and how an interruption ends it all. */
abstract class BaseCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common;

    private Streams streams;
    private Map<String, String> environment;
    private JsonEvents json;
    private EventSink sink;
    private Station station;

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
            station = new Station(state(), "fota-bridge " + Version.number(), json.session());
        } catch (FotaException e) {
            return fail(e.reason(), e.getMessage());
        } catch (InvalidPathException e) {
            return fail(Reason.CONFIGURATION, Sentences.noPath(e));
        }
        try (Interruption interruption = new Interruption(station::interrupt)) {
            return interruption.endsWith(streams.delivered(guarded(), !common.json));
        }
    }

    /** Whether journals or images of earlier runs matter to this command, which then needs a place for them. */
    boolean keepsState() {
        return false;
    }

    private StateDirectory state() throws FotaException {
        if (common.stateDir.isPresent()) {
            return new StateDirectory(common.stateDir.get());
        }
        boolean hasHome = StateDirectory.home(environment).isPresent();
        return keepsState() || hasHome ? StateDirectory.standard(environment) : StateDirectory.NONE;
    }

    private void prepare() {
        Logging.configure(common.verbose, streams.err());
        json = new JsonEvents(streams.out(), session(), Clock.systemUTC());
        sink = common.json ? new JsonAndErrors(json, streams.err()) : text();
    }

    private static String session() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private EventSink text() {
        TextStyle style = TextStyle.ofStandardError(environment);
        TextEvents events = new TextEvents(streams.err(), style, System::nanoTime);
        return common.quiet ? new ErrorsOnly(events) : events;
    }

    private int guarded() {
        try {
            return execute();
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
        sink.result(UpdateResult.early(reason, message));
        return reason.exitCode();
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
            json.result(UpdateResult.early(Reason.SUCCEEDED, "Done."));
        }
        return Reason.SUCCEEDED.exitCode();
    }

    EventSink sink() {
        return sink;
    }

    Station station() {
        return station;
    }
}
