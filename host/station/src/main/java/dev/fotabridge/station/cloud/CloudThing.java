package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.JobOffer;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a station knows of one thing. Fields are {@link StationCloud}'s to change. Tested by StationCloudTest. */
final class CloudThing {
    /** No bay: the thing is connected because of an untold end. */
    static final int NOWHERE = 0;

    final String name;
    int bay = NOWHERE;

    /** Null while the thing could not join. */
    JobQueue queue;

    long joinAt = Long.MIN_VALUE;

    /** Why the thing is not connected; empty if it is. */
    String apart = "";

    /** What AWS offers; null if nothing. */
    JobOffer offer;

    UpdateImage image;
    /** Why the offer's image cannot be had; null if that is not known. */
    RunEnd failure;
    /** Whether another try can have the image. */
    boolean mayMend;

    long fetchAt = Long.MAX_VALUE;
    int fetchCount;

    /** The run that works on an execution; null if none. */
    String run;

    ExecutionKey wanted;
    RunProgress progress;

    /** The last execution that AWS ended, and why. */
    ExecutionKey gone;

    Reason goneReason;

    /** Ends by their attempts, with AWS's answer once it is there. */
    final Map<Long, KeptEnd> kept = new LinkedHashMap<>();

    final Map<Long, CloudEnd> answers = new LinkedHashMap<>();

    CloudThing(String name) {
        this.name = name;
    }

    boolean isOffered(ExecutionKey execution) {
        return offer != null && offer.execution().equals(execution);
    }

    void forgetOffer() {
        offer = null;
        image = null;
        failure = null;
        mayMend = false;
        fetchAt = Long.MAX_VALUE;
        fetchCount = 0;
    }

    void forgetRun() {
        run = null;
        wanted = null;
        progress = null;
    }

    /** The job that a start would carry out. */
    Optional<StationJob> job() {
        boolean isKnown = image != null || failure != null && !mayMend;
        if (offer == null || run != null || !isKnown || hasEnd(offer.execution())) {
            return Optional.empty();
        }
        return Optional.of(
                image == null
                        ? new StationJob(name, offer.execution(), "", "", "")
                        : new StationJob(
                                name,
                                offer.execution(),
                                image.fileSha256(),
                                image.imageHash().orElse(""),
                                image.version().orElse("")));
    }

    private boolean hasEnd(ExecutionKey execution) {
        return kept.values().stream().anyMatch(one -> one.end().execution().equals(execution));
    }

    /** One sentence for people; empty if there is nothing to say. */
    String message() {
        if (!apart.isEmpty()) {
            return apart;
        } else if (offer != null && hasEnd(offer.execution())) {
            return "AWS is told how the job " + offer.execution().jobId() + " ended.";
        } else if (offer == null) {
            return "AWS has no job for " + name + ".";
        }
        String job = "The job " + offer.execution().jobId();
        if (failure != null) {
            return job + " cannot be carried out: " + failure.message() + (mayMend ? " It is tried again." : "");
        }
        return image == null ? "The image of the job " + offer.execution().jobId() + " is fetched." : "";
    }
}
