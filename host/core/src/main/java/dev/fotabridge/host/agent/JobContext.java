package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.JobsAgent;

/**
 * What a job execution needs of its agent.
 *
 * @param program around the bay
 * @param bay that holds the board
 * @param jobs asked for fresh documents, told of progress
 * @param objects where images are fetched
 * @param journals of this thing's boards
 * @param sink takes what happens
 */
record JobContext(
        BayContext program,
        OpenBay bay,
        UpdateOptions options,
        JobsAgent jobs,
        RangeSource objects,
        ImageCache cache,
        JournalStore journals,
        EventSink sink) {}
