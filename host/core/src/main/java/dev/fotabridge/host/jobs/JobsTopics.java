package dev.fotabridge.host.jobs;

import java.util.List;
import java.util.Optional;

/** The reserved topics of one thing's jobs. Pure. */
public final class JobsTopics {
    private static final String THING_NAME = "[A-Za-z0-9:_-]{1,128}";
    private static final String JOB_ID = "[A-Za-z0-9_-]{1,64}";

    private static final String THINGS = "$aws/things/";
    private static final String JOBS = "/jobs/";

    private final String prefix;

    /** For the thing of this name, see {@link #requireThingName}. */
    public JobsTopics(String thingName) {
        requireThingName(thingName);
        prefix = THINGS + thingName + JOBS;
    }

    /**
     * AWS's own rule for thing names.
     *
     * @throws IllegalArgumentException if the text breaks it
     */
    public static void requireThingName(String name) {
        if (!name.matches(THING_NAME)) {
            throw new IllegalArgumentException(
                    "A thing name has 1 to 128 letters, digits, colons, underscores and hyphens.");
        }
    }

    /** AWS's own rule for job ids. */
    static boolean isJobId(String text) {
        return text.matches(JOB_ID);
    }

    /** What an agent subscribes to on every connection. */
    public List<String> filters() {
        return List.of(notifyNext(), notifyQueue(), prefix + "+/get/+", prefix + "+/update/+");
    }

    /**
     * The same in as few filters as a shared connection has room for: notifications are one level below {@code jobs}, and
     * replies three. {@code jobs/#} would be one filter less, but it asks for our own requests too.
     */
    public List<String> fewFilters() {
        return List.of(prefix + "+", prefix + "+/+/+");
    }

    /** Whose jobs a topic is about; empty for any other topic. */
    public static Optional<String> thingOf(String topic) {
        int end = topic.startsWith(THINGS) ? topic.indexOf(JOBS, THINGS.length()) : -1;
        return end < 0 ? Optional.empty() : Optional.of(topic.substring(THINGS.length(), end));
    }

    /** Whether a topic of jobs is a question for an execution or the answer to one; else it is about an update. */
    public static boolean isAboutGet(String topic) {
        String[] levels = topic.substring(topic.indexOf(JOBS) + JOBS.length()).split("/");
        return levels.length > 1 && levels[1].equals("get");
    }

    String notifyNext() {
        return prefix + "notify-next";
    }

    String notifyQueue() {
        return prefix + "notify";
    }

    /** Where the next job is asked for; the reply comes on a topic below it. */
    public String getNext() {
        return get("$next");
    }

    /** Where one execution is asked for; the reply comes on a topic below it. */
    public String get(String jobId) {
        return prefix + jobId + "/get";
    }

    /** Where a job's state is reported; the reply comes on a topic below it. */
    public String update(String jobId) {
        return prefix + jobId + "/update";
    }

    /** What is behind the prefix, or null for a topic of somebody else. */
    String withoutPrefix(String topic) {
        return topic.startsWith(prefix) ? topic.substring(prefix.length()) : null;
    }
}
