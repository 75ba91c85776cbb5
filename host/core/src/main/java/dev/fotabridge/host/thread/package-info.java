/** Threads whose failure is heard: read {@link dev.fotabridge.host.thread.WatchedThreads} first. */
package dev.fotabridge.host.thread;
