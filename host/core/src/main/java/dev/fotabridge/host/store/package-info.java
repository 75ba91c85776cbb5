/**
 * Files that outlive a process: written atomically and locked. The disk's errors become reasons in one place. Read
 * {@link dev.fotabridge.host.store.Storage} first.
 */
package dev.fotabridge.host.store;
