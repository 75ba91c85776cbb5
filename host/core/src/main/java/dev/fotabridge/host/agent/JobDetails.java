package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.StatusDetails;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The statusDetails of a job, whoever reports on it. What is empty is left out.
 * Tested by JobReportTest.
 */
final class JobDetails {
    /** All but the last name of an absolute path, but not of a URL's. */
    private static final Pattern PATH = Pattern.compile("(?<![^\\s(\"'=])(/|[A-Za-z]:\\\\)([^/\\\\\\s\"'()]*[/\\\\])*");

    private JobDetails() {}

    /**
     * What the job is about.
     *
     * @param tool program and version
     * @param from version that ran before
     * @param to version of the new image
     * @param modemResult the modem's own name for how its update ended
     * @param imageHash MCUboot's hash of the new image
     */
    record Versions(String tool, String from, String to, String modemResult, String imageHash) {}

    /** Returns the details of a job that is under way; the caller adds the attempt. */
    static StatusDetails.Builder underWay(Versions versions, String phase, int percent, long rate) {
        StatusDetails.Builder details = builder(versions).phase(phase).progress(percent);
        return rate > 0 ? details.rate(rate) : details;
    }

    /**
     * Returns the details of a job that is over.
     *
     * @param percent empty if not known
     * @param seconds duration; 0 or less if not known
     */
    static StatusDetails last(
            Versions versions, String phase, String percent, Reason reason, String message, double seconds) {
        return builder(versions)
                .phase(phase)
                .put("progress", percent)
                .reason(reason.name())
                .message(withoutPaths(message))
                .put("seconds", seconds > 0 ? String.format(Locale.ROOT, "%.1f", seconds) : "")
                .build();
    }

    /** Where files lie on this computer is nothing that AWS needs to know: of each path its last name is left. */
    static String withoutPaths(String sentence) {
        return PATH.matcher(sentence).replaceAll("");
    }

    private static StatusDetails.Builder builder(Versions versions) {
        return StatusDetails.builder()
                .tool(versions.tool())
                .from(versions.from())
                .to(versions.to())
                .put("modemResult", versions.modemResult())
                .imageHash(versions.imageHash());
    }
}
