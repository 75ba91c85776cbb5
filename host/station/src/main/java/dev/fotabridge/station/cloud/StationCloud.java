package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobFacts;
import dev.fotabridge.host.api.JobOffer;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.config.ThingName;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS mode of a station. A board's thing joins when its name is complete. What AWS offers to it is fetched, and taken once a run asks for
 * that. An end is kept on disk and told until AWS answers; the thing stays connected until then, whether its board stands there or not.
 * No failure of the cloud ends anything here. For the station's thread; time is monotonic and in nanoseconds.
 */
public final class StationCloud {
    private static final Logger LOG = LoggerFactory.getLogger(StationCloud.class);
    private static final long SECOND = 1_000_000_000L;

    /** After this long a thing that could not join tries again, 10 s: another process may have ended by then. */
    private static final long JOIN_AGAIN_NANOS = 10 * SECOND;

    /** The first pause before an image is fetched again, 5 s; it doubles up to about 5 minutes. */
    private static final long FETCH_AGAIN_NANOS = 5 * SECOND;

    private static final int MAX_DOUBLINGS = 6;

    /**
     * How a station works with AWS.
     *
     * @param naming how a board's thing is named
     * @param options of every update
     * @param outbox ends on disk
     */
    public record Settings(ThingName naming, UpdateOptions options, CloudOutbox outbox) {}

    /** Joins a thing to the connection: {@link dev.fotabridge.host.api.JobQueues#join}. */
    @FunctionalInterface
    public interface Joining {
        /**
         * Joins a thing.
         *
         * @param untold ends that AWS has not answered
         * @throws FotaException if the thing cannot be worked for now
         */
        JobQueue join(String thing, List<JobEnd> untold) throws FotaException;
    }

    private final Settings settings;
    private final Joining joining;
    private final Queue<Consumer<CloudNews>> news = new ArrayDeque<>();
    private final Map<String, CloudThing> things = new LinkedHashMap<>();

    /** The thing of each bay's board, in the order in which they came. */
    private final Map<Integer, String> names = new LinkedHashMap<>();
    /** Why a bay's board has no thing. */
    private final Map<Integer, String> nameless = new LinkedHashMap<>();

    /** Connects to nothing yet. */
    public StationCloud(Settings settings, Joining joining) {
        this.settings = settings;
        this.joining = joining;
    }

    /**
     * Tells what has come since the last call. Nothing is told otherwise: the station may be in the middle of something when it calls
     * another method of this.
     */
    public void tell(CloudNews to) {
        for (Consumer<CloudNews> next = news.poll(); next != null; next = news.poll()) {
            next.accept(to);
        }
    }

    // Boards.

    /** A board is known, or known better than before: its label is scanned. */
    public void board(int bay, UnitIdentity board, long now) {
        Optional<String> name = settings.naming().of(board);
        if (name.isPresent() && name.get().equals(names.get(bay))) {
            return;
        }
        left(bay, now);
        if (name.isEmpty()) {
            nameless.put(
                    bay,
                    "The name of its thing is not complete: it is "
                            + settings.naming().template() + ".");
        } else if (!ThingName.isValid(name.get())) {
            nameless.put(
                    bay,
                    "AWS takes no thing named '" + printable(name.get())
                            + "': 1 to 128 letters, digits, colons, underscores and hyphens. Correct the board's name, or 'thing' in"
                            + " the configuration.");
        } else {
            names.put(bay, name.get());
            settle(name.get(), now);
        }
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    /** The board has left its bay. */
    public void left(int bay, long now) {
        nameless.remove(bay);
        String name = names.remove(bay);
        CloudThing thing = name == null ? null : things.get(name);
        if (thing != null && thing.bay == bay) {
            thing.bay = CloudThing.NOWHERE;
            settle(name, now);
        }
    }

    /** Gives a thing to the first bay that wants it; without one it stays for its untold ends alone. */
    private void settle(String name, long now) {
        CloudThing thing = things.computeIfAbsent(name, CloudThing::new);
        if (thing.bay == CloudThing.NOWHERE) {
            thing.bay = names.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(CloudThing.NOWHERE);
        }
        if (thing.bay == CloudThing.NOWHERE && thing.kept.isEmpty()) {
            leave(thing);
        } else {
            join(thing, now);
            fetch(thing, now);
        }
    }

    private void leave(CloudThing thing) {
        things.remove(thing.name);
        if (thing.queue != null) {
            thing.queue.close();
        }
    }

    private void join(CloudThing thing, long now) {
        if (thing.queue != null || now < thing.joinAt) {
            return;
        }
        try {
            List<JobEnd> untold = thing.kept.values().stream()
                    .filter(kept -> !thing.answers.containsKey(kept.attempt()))
                    .map(KeptEnd::end)
                    .toList();
            thing.queue = joining.join(thing.name, untold);
            thing.apart = "Connecting to AWS.";
        } catch (FotaException e) {
            joinLater(thing, e.getMessage() + " " + e.reason().whatToTry(), now);
        } catch (IllegalStateException e) {
            // There is no further connection.
            joinLater(thing, e.getMessage(), now);
        }
    }

    private static void joinLater(CloudThing thing, String why, long now) {
        thing.joinAt = now + JOIN_AGAIN_NANOS;
        thing.apart = why;
    }

    /** {@return what is to be said of a bay} */
    public BayJob at(int bay) {
        String name = names.get(bay);
        if (name == null) {
            return new BayJob("", Optional.empty(), nameless.getOrDefault(bay, ""));
        }
        CloudThing thing = things.get(name);
        if (thing.bay != bay) {
            return new BayJob(
                    "",
                    Optional.empty(),
                    "Its thing " + name + " is at bay " + thing.bay + " already: two boards have one name.");
        }
        return new BayJob(name, thing.job(), thing.message());
    }

    // Images.

    private void fetch(CloudThing thing, long now) {
        boolean isWanted = thing.offer != null && thing.bay != CloudThing.NOWHERE && thing.image == null;
        if (isWanted && now >= thing.fetchAt && thing.queue != null) {
            thing.fetchAt = Long.MAX_VALUE;
            thing.queue.fetch(thing.offer.execution(), settings.options());
        }
    }

    private void fetched(CloudThing thing, UpdateImage image) {
        if (image.isModemDelta()) {
            thing.failure = new RunEnd(
                    Reason.IMAGE_FORMAT,
                    "The file is a modem delta. A station updates applications alone: a PASS needs the hash of the image that the board"
                            + " runs, and a modem's firmware has none. Make the job anew, and carry it out with 'fota-bridge agent'.");
        } else {
            thing.image = image;
            thing.failure = null;
        }
        thing.mayMend = false;
        tellReady(thing);
    }

    private void notFetched(CloudThing thing, RunEnd failure, long now) {
        thing.failure = failure;
        thing.mayMend = mayMend(failure.reason());
        if (thing.mayMend) {
            thing.fetchAt = now + (FETCH_AGAIN_NANOS << Math.min(thing.fetchCount++, MAX_DOUBLINGS));
        } else {
            tellReady(thing);
        }
    }

    /** What is wrong with the job is told to AWS by a run that ends so; what is wrong here is not. */
    private static boolean mayMend(Reason reason) {
        return reason.outcome() != Outcome.REFUSED
                && reason != Reason.DOWNLOAD_NOT_FOUND
                && reason != Reason.DOWNLOAD_HOST_NOT_ALLOWED;
    }

    private void tellReady(CloudThing thing) {
        if (thing.bay != CloudThing.NOWHERE && thing.job().isPresent()) {
            int bay = thing.bay;
            news.add(to -> to.ready(bay));
        }
    }

    /**
     * {@return the image of a run's job}
     *
     * @throws FotaException why there is none
     */
    public UpdateImage image(String run) throws FotaException {
        CloudThing thing = ofRun(run).orElseThrow(() -> noJob(run));
        if (thing.image == null) {
            RunEnd why = thing.failure;
            throw why == null ? noJob(run) : new FotaException(why.reason(), why.message());
        }
        return thing.image;
    }

    private static FotaException noJob(String run) {
        return new FotaException(Reason.NO_JOB, "The run " + run + " has no job any more.");
    }

    /** {@return the options of a run's update, with the board and the modem that its job's document asks for} */
    public UpdateOptions options(String run) {
        UpdateOptions all = settings.options();
        Optional<JobFacts> facts = ofRun(run).map(thing -> thing.offer).flatMap(JobOffer::facts);
        return new UpdateOptions(
                all.publicKey(),
                all.completeOn(),
                facts.flatMap(JobFacts::targetBoard).or(all::board),
                all.noDowngrade(),
                all.modemUuid(),
                all.timeout());
    }

    private Optional<CloudThing> ofRun(String run) {
        return things.values().stream().filter(thing -> run.equals(thing.run)).findFirst();
    }

    // Runs.

    /** Sets an execution IN_PROGRESS for a run. */
    public void take(String run, String name, ExecutionKey execution) {
        CloudThing thing = things.get(name);
        if (thing == null) {
            // Its board has left, which ends the run.
            return;
        }
        thing.run = run;
        thing.wanted = execution;
        thing.progress = thing.image == null
                ? new RunProgress("", "")
                : new RunProgress(
                        thing.image.version().orElse(""),
                        thing.image.imageHash().orElse(""));
        if (execution.equals(thing.gone)) {
            ended(thing, thing.goneReason);
        } else if (thing.offer != null) {
            takeOffer(thing);
        }
    }

    private void takeOffer(CloudThing thing) {
        if (thing.isOffered(thing.wanted)) {
            thing.queue.take(thing.wanted, thing.progress.now());
        } else {
            ended(thing, Reason.JOB_DELETED);
        }
    }

    private void taken(CloudThing thing) {
        int bay = thing.bay;
        String run = thing.run;
        if (bay != CloudThing.NOWHERE) {
            news.add(to -> to.taken(bay, run));
        }
    }

    private void ended(CloudThing thing, Reason reason) {
        ExecutionKey execution = thing.wanted;
        thing.forgetRun();
        tellEnded(thing, execution, reason);
    }

    private void tellEnded(CloudThing thing, ExecutionKey execution, Reason reason) {
        if (thing.bay != CloudThing.NOWHERE) {
            int bay = thing.bay;
            news.add(to -> to.jobEnded(bay, thing.name, execution, reason));
        }
    }

    /** The end of a run is stored, whether AWS is told or not: its job may be offered to the bay again. */
    public void over(String run) {
        ofRun(run).ifPresent(CloudThing::forgetRun);
    }

    /** Something happens on the board of a run. */
    public void progress(String run, int attempt, BayEvent event) {
        ofRun(run)
                .filter(thing -> thing.queue != null)
                .ifPresent(thing -> thing.progress
                        .take(attempt, event)
                        .ifPresent(progress -> thing.queue.report(thing.wanted, progress)));
    }

    // Ends.

    /**
     * Keeps an end, and tells it until AWS answers. Called again, it does it again.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE; then nothing is told
     */
    public void keep(KeptEnd end, long now) throws FotaException {
        settings.outbox().keep(end);
        CloudThing thing = things.computeIfAbsent(end.thing(), CloudThing::new);
        thing.kept.put(end.attempt(), end);
        if (end.run().equals(thing.run)) {
            thing.forgetRun();
        }
        CloudEnd answer = thing.answers.get(end.attempt());
        if (answer != null) {
            news.add(to -> to.answered(end.attempt(), answer));
        } else if (thing.queue != null) {
            thing.queue.finish(end.end());
        }
        settle(end.thing(), now);
    }

    /** {@return the end for AWS, with what is known here of the run's image} */
    public JobEnd end(String run, String name, ExecutionKey execution, AtAws intended, Reason reason, String message) {
        Optional<UpdateImage> image = Optional.ofNullable(things.get(name))
                .filter(thing -> run.equals(thing.run))
                .map(thing -> thing.image);
        return new JobEnd(
                execution,
                intended,
                reason,
                message,
                "",
                image.flatMap(UpdateImage::version).orElse(""),
                image.flatMap(UpdateImage::imageHash).orElse(""),
                0);
    }

    /**
     * AWS's answer is in the ledger: the end is not needed any more, and its thing leaves if no board of it is there.
     *
     * @throws FotaException STORAGE_UNWRITABLE
     */
    public void discard(long attempt, long now) throws FotaException {
        settings.outbox().discard(attempt);
        for (CloudThing thing : List.copyOf(things.values())) {
            if (thing.kept.remove(attempt) != null) {
                thing.answers.remove(attempt);
                settle(thing.name, now);
            }
        }
    }

    /**
     * {@return the attempts whose ends are on disk}
     *
     * @throws FotaException STORAGE_UNWRITABLE if they cannot be read
     */
    public Set<Long> kept() throws FotaException {
        return settings.outbox().kept();
    }

    /** {@return the ends that AWS has not answered, the oldest of each thing first} */
    public List<KeptEnd> untold() {
        return things.values().stream()
                .flatMap(thing ->
                        thing.kept.values().stream().filter(kept -> !thing.answers.containsKey(kept.attempt())))
                .toList();
    }

    // What AWS says.

    /** Takes an event of a thing's queue. */
    public void event(String name, JobQueueEvent event, long now) {
        CloudThing thing = things.get(name);
        if (thing == null) {
            return;
        }
        if (event instanceof JobQueueEvent.Offered offered) {
            offered(thing, offered.offer(), now);
        } else if (event instanceof JobQueueEvent.NothingOffered) {
            thing.forgetOffer();
            if (thing.wanted != null) {
                ended(thing, Reason.JOB_DELETED);
            }
        } else if (event instanceof JobQueueEvent.Fetched fetched && thing.isOffered(fetched.execution())) {
            fetched(thing, fetched.image());
        } else if (event instanceof JobQueueEvent.NotFetched not && thing.isOffered(not.execution())) {
            notFetched(thing, new RunEnd(not.reason(), not.message()), now);
        } else if (event instanceof JobQueueEvent.Taken taken
                && taken.execution().equals(thing.wanted)) {
            taken(thing);
        } else if (event instanceof JobQueueEvent.Gone gone) {
            gone(thing, gone);
        } else if (event instanceof JobQueueEvent.Answered answered) {
            answered(thing, answered);
        } else {
            connection(thing, event);
        }
    }

    private static void connection(CloudThing thing, JobQueueEvent event) {
        if (event instanceof JobQueueEvent.Connected) {
            thing.apart = "";
        } else if (event instanceof JobQueueEvent.Disconnected disconnected) {
            thing.apart = disconnected.message();
        } else if (event instanceof JobQueueEvent.Log log) {
            LOG.info("{}: {}", thing.name, log.line());
        }
    }

    private void offered(CloudThing thing, JobOffer offer, long now) {
        thing.forgetOffer();
        thing.offer = offer;
        thing.fetchAt = now;
        offer.facts().ifPresent(facts -> facts.notes().forEach(note -> LOG.info("{}: {}", thing.name, note)));
        fetch(thing, now);
        if (thing.wanted != null) {
            takeOffer(thing);
        }
    }

    private void gone(CloudThing thing, JobQueueEvent.Gone gone) {
        thing.gone = gone.execution();
        thing.goneReason = gone.reason();
        if (thing.isOffered(gone.execution())) {
            thing.forgetOffer();
        }
        if (gone.execution().equals(thing.wanted)) {
            ended(thing, gone.reason());
        } else {
            tellEnded(thing, gone.execution(), gone.reason());
        }
    }

    private void answered(CloudThing thing, JobQueueEvent.Answered answered) {
        if (thing.isOffered(answered.execution())) {
            thing.forgetOffer();
        }
        List<Long> attempts = thing.kept.values().stream()
                .filter(kept -> kept.end().execution().equals(answered.execution()))
                .map(KeptEnd::attempt)
                .filter(attempt -> !thing.answers.containsKey(attempt))
                .toList();
        attempts.forEach(attempt -> thing.answers.put(attempt, answered.answer()));
        attempts.forEach(attempt -> news.add(to -> to.answered(attempt, answered.answer())));
    }

    /** Time has passed; to be called about once a second. */
    public void tick(long now) {
        for (CloudThing thing : List.copyOf(things.values())) {
            join(thing, now);
            fetch(thing, now);
        }
    }
}
