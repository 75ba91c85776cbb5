package dev.fotabridge.host.jobs;

import static dev.fotabridge.host.jobs.AgentRig.SECOND;

import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.fixtures.jobs.JobsMessage.Reply;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.protocol.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One seed: an agent, AWS, and a connection between them that drops, doubles and reorders what it carries and is cut
 * before or after any publish, while the creator of jobs meddles and the host is killed. After a while all of that ends,
 * and everything must come to its end by itself.
 */
final class JobLifeRun {
    private static final long FAULTS_END = 1_200 * SECOND;
    /** Timers and back-off of what the faults have left, many times over. */
    private static final long LIMIT = 4 * 3_600 * SECOND;

    private static final int MAX_STEPS = 50_000;
    private static final int MAX_PUBLISHES_IN_CALM = 400;
    private static final int STEP_MINUTES = 2;

    private record Due(long at, long order, Runnable action) {}

    private final Random random;
    private final JobLifeWorld world;
    private final AgentRig.MemoryStore store = new AgentRig.MemoryStore();
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));

    private long now;
    private long order;
    private long ticksAt = Deadline.NEVER;
    private int connection;
    private int life;
    private int calmPublishes;
    private JobsAgent agent;

    /** The application: what dies with the host. */
    private ExecutionId job;

    private int step;
    private int jobSeed;

    JobLifeRun(long seed) {
        random = new Random(seed);
        world = new JobLifeWorld(random);
    }

    void run() throws Exception {
        start();
        for (long at = 0; at < FAULTS_END; at += between(20, 240) * SECOND) {
            in(at, this::meddle);
        }
        in(between(1, 400) * SECOND, this::kill);
        for (int steps = 0; !agenda.isEmpty() && now < LIMIT; steps++) {
            JobLifeWorld.require(steps < MAX_STEPS, "spins: " + agent);
            if (now > FAULTS_END && world.isSettled() && store.kept.isEmpty()) {
                break;
            }
            Due due = agenda.poll();
            now = due.at();
            deliver(world.service.tick(JobLifeWorld.seconds(now)));
            due.action().run();
            settle();
        }
        JobLifeWorld.require(world.isSettled(), "stalls with a job that has no end: " + agent);
        JobLifeWorld.require(store.kept.isEmpty(), "stalls with an end that AWS was not told: " + agent);
        JobLifeWorld.require(calmPublishes <= MAX_PUBLISHES_IN_CALM, "endless retry: " + calmPublishes);
        world.requireTruth();
    }

    private long between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private boolean strikes(int percent) {
        return now < FAULTS_END && random.nextInt(100) < percent;
    }

    private void in(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, action));
    }

    private long latency() {
        return between(1, strikes(10) ? 15_000 : 200) * 1_000_000L;
    }

    private void start() {
        life++;
        job = null;
        try {
            String session = "life-" + life;
            agent = new JobsAgent(
                    new JobsAgentConfig(
                            JobLifeWorld.THING, session, STEP_MINUTES, JobsAgentConfig.DEFAULT_REPLY_TIMEOUT_NANOS),
                    new Outbox(store));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        connect();
    }

    private void kill() {
        connection++;
        agent = null;
        in(between(1, 200) * SECOND, this::start);
        if (now < FAULTS_END) {
            in(between(210, 700) * SECOND, this::kill);
        }
    }

    private void connect() {
        int mine = ++connection;
        in(between(1, 5) * SECOND, () -> whileUp(mine, () -> agent.connected(now)));
    }

    private void cut() {
        agent.disconnected();
        connect();
    }

    private void whileUp(int mine, Runnable action) {
        if (mine == connection && agent != null) {
            action.run();
        }
    }

    /** Performs what the agent wants, and wakes it when it says. */
    private void settle() {
        if (agent == null) {
            return;
        }
        for (JobsEffect effect = agent.pollEffect(); effect != null; effect = agent.pollEffect()) {
            perform(effect);
        }
        for (JobsEvent event = agent.poll(); event != null; event = agent.poll()) {
            take(event);
        }
        long deadline = Math.max(agent.deadline(), now);
        if (deadline < ticksAt || ticksAt <= now) {
            ticksAt = deadline;
            if (deadline != Deadline.NEVER) {
                agenda.add(new Due(deadline, order++, this::tick));
            }
        }
    }

    private void tick() {
        ticksAt = Deadline.NEVER;
        if (agent != null) {
            agent.tick(now);
        }
    }

    private void perform(JobsEffect effect) {
        int mine = connection;
        if (effect instanceof JobsEffect.Subscribe) {
            in(latency(), () -> whileUp(mine, () -> agent.subscribed(now)));
        } else if (effect instanceof JobsEffect.Publish publish) {
            publish(publish, mine);
        } else {
            cut();
        }
    }

    private void publish(JobsEffect.Publish request, int mine) {
        if (now > FAULTS_END) {
            calmPublishes++;
        }
        if (strikes(4)) {
            in(1, () -> whileUp(mine, this::cut));
        } else if (!strikes(3)) {
            boolean cutAfter = strikes(5);
            // It is on its way: a cut or a kill does not call it back.
            in(latency(), () -> {
                deliver(strikes(6) ? List.of(world.refuse(request, now)) : world.handle(request, now));
                if (cutAfter) {
                    whileUp(mine, this::cut);
                }
            });
        }
    }

    /** Replies may be lost; notifications come once or twice; all of them in any order, on this connection only. */
    private void deliver(List<JobsMessage> effects) {
        for (JobsMessage effect : effects) {
            int copies = effect instanceof Reply && strikes(6) ? 0 : strikes(8) ? 2 : 1;
            byte[] payload = effect.body().toString().getBytes(StandardCharsets.UTF_8);
            int mine = connection;
            for (int i = 0; i < copies; i++) {
                in(latency(), () -> whileUp(mine, () -> agent.message(effect.topic(), payload, now)));
            }
        }
    }

    private void meddle() {
        deliver(world.meddle(now));
    }

    private void take(JobsEvent event) {
        if (event instanceof JobOffered offered) {
            JobLifeWorld.require(job == null, "a second job beside " + job);
            job = offered.execution().id();
            step = 0;
            jobSeed = random.nextInt(100);
            work(job, life);
        } else if (event instanceof JobGone gone && gone.id().equals(job)
                || event instanceof UpdateAccepted accepted
                        && accepted.status().isTerminal()
                        && accepted.id().equals(job)) {
            job = null;
        }
    }

    /** One phase of the update after another; the board keeps what it has come to run. */
    private void work(ExecutionId mine, int myLife) {
        in(between(1, strikes(5) ? 200 : 30) * SECOND, () -> {
            if (!mine.equals(job) || myLife != life || agent == null || world.said.containsKey(mine)) {
                return;
            }
            step++;
            if (jobSeed < 10 || step == 3 && jobSeed < 25) {
                finish(jobSeed < 10 ? JobStatus.REJECTED : JobStatus.FAILED);
            } else if (world.proved.contains(mine) || step == 6) {
                // Proof first, then the word: what a board of an earlier life runs needs no second transfer.
                world.proved.add(mine);
                finish(JobStatus.SUCCEEDED);
            } else {
                if (step == 5 && strikes(50)) {
                    world.proved.add(mine);
                }
                if (step == 2 && random.nextInt(3) == 0) {
                    agent.refreshDocument(now);
                }
                agent.report(mine, StatusDetails.builder().phase("STEP" + step).build(), now);
                work(mine, myLife);
            }
        });
    }

    private void finish(JobStatus status) {
        try {
            world.said.put(job, status);
            agent.finish(job, status, StatusDetails.none(), now);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
