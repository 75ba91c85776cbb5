/** Threads whose failure is reported. Read {@link dev.fotabridge.host.thread.WatchedThreads} first. */
package dev.fotabridge.host.thread;
