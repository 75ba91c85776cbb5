/**
 * Files that outlive a process: written whole, locked, and the disk's refusals told in one place. Read {@link
 * dev.fotabridge.host.store.Storage} first.
 */
package dev.fotabridge.host.store;
