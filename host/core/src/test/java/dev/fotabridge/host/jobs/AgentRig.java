package dev.fotabridge.host.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An agent, the last things that came out of it, and short ways to answer as AWS does. */
final class AgentRig {
    static final String PREFIX = "$aws/things/dk-1/jobs/";
    static final long SECOND = 1_000_000_000L;

    final MemoryStore store;
    final JobsAgent agent;
    final List<JobsEvent> events = new ArrayList<>();
    final List<JobsEffect.Publish> published = new ArrayList<>();
    final List<JobsEffect> otherEffects = new ArrayList<>();
    long now = 0;

    AgentRig() throws Exception {
        this(new MemoryStore());
    }

    AgentRig(MemoryStore store) throws Exception {
        this.store = store;
        agent = new JobsAgent(JobsAgentConfig.of("dk-1", "me"), new Outbox(store));
    }

    /** Connected, subscribed, and the queue's head answered by this execution, or an empty queue for null. */
    AgentRig online(String execution) {
        agent.connected(now);
        agent.subscribed(now);
        drain();
        answerHead(execution);
        return this;
    }

    void answerHead(String execution) {
        String part = execution == null ? "" : ",\"execution\":" + execution;
        message("$next/get/accepted", "{\"clientToken\":\"" + token() + "\",\"timestamp\":1" + part + "}");
    }

    void message(String topic, String json) {
        agent.message(PREFIX + topic, json.getBytes(StandardCharsets.UTF_8), now);
        drain();
    }

    void accept(long version) {
        accept(version, "IN_PROGRESS");
    }

    void accept(long version, String status) {
        message(
                "job-1/update/accepted",
                "{\"clientToken\":\"" + token() + "\",\"executionState\":{\"status\":\"" + status
                        + "\",\"versionNumber\":" + version + "}}");
    }

    /** Answers the question for one execution with what AWS has under the job's name. */
    void describe(String execution) {
        message("job-1/get/accepted", "{\"clientToken\":\"" + token() + "\",\"execution\":" + execution + "}");
    }

    /** Whether the last thing asked for is what AWS has under the job's name. */
    boolean asksWhichExecution() {
        return last().topic().equals(PREFIX + "job-1/get");
    }

    /** Refuses the last update; {@code state} is the JSON of executionState or null. */
    void refuse(String code, String state) {
        String part = state == null ? "" : ",\"executionState\":" + state;
        message(
                "job-1/update/rejected",
                "{\"code\":\"" + code + "\",\"message\":\"because\",\"clientToken\":\"" + token() + "\"" + part + "}");
    }

    void report(String phase) {
        agent.report(mine(), StatusDetails.builder().phase(phase).build(), now);
        drain();
    }

    void finish(JobStatus status) throws Exception {
        agent.finish(mine(), status, StatusDetails.builder().phase("done").build(), now);
        drain();
    }

    /** What is offered, or an execution that AWS does not have. */
    private ExecutionId mine() {
        return agent.offered().orElse(new ExecutionId("job-0", 1, 100));
    }

    void pass(long nanos) {
        now += nanos;
        agent.tick(now);
        drain();
    }

    void drain() {
        for (JobsEffect effect = agent.pollEffect(); effect != null; effect = agent.pollEffect()) {
            if (effect instanceof JobsEffect.Publish publish) {
                published.add(publish);
            } else {
                otherEffects.add(effect);
            }
        }
        for (JobsEvent event = agent.poll(); event != null; event = agent.poll()) {
            events.add(event);
        }
    }

    JobsEffect.Publish last() {
        return published.get(published.size() - 1);
    }

    JsonNode lastBody() {
        try {
            return new ObjectMapper().readTree(last().payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token() {
        return lastBody().get("clientToken").textValue();
    }

    JobsEvent lastEvent() {
        return events.get(events.size() - 1);
    }

    long updateCount() {
        return published.stream().filter(p -> p.topic().endsWith("/update")).count();
    }

    static String execution(String jobId, String status, long version) {
        return execution(jobId, status, version, 1, "");
    }

    static String execution(String jobId, String status, long version, long number, String more) {
        return "{\"jobId\":\"" + jobId + "\",\"status\":\"" + status + "\",\"queuedAt\":100,\"versionNumber\":"
                + version + ",\"executionNumber\":" + number + ",\"jobDocument\":{\"operation\":\"app_fw_update\"}"
                + more + "}";
    }

    static String state(String status, long version, String session) {
        return "{\"status\":\"" + status + "\",\"versionNumber\":" + version + ",\"statusDetails\":{\"session\":\""
                + session + "\"}}";
    }

    /** Survives the agent, as a file would. */
    static final class MemoryStore implements OutboxStore {
        final Map<ExecutionId, FinalState> kept = new LinkedHashMap<>();
        boolean isFull;

        @Override
        public List<FinalState> load() {
            return List.copyOf(kept.values());
        }

        @Override
        public void save(FinalState state) throws FotaException {
            if (isFull) {
                throw new FotaException(Reason.STORAGE_FULL, "The disk is full.");
            }
            kept.put(state.id(), state);
        }

        @Override
        public void remove(ExecutionId id) {
            kept.remove(id);
        }
    }
}
