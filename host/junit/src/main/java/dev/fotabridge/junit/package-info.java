/**
 * Tests on boards, by JUnit. {@link dev.fotabridge.junit.FotaBoard} on a test says which board it needs, and {@link
 * dev.fotabridge.junit.Board} is what the test gets. Read {@link dev.fotabridge.junit.FotaBoardExtension} for how the two meet, and
 * {@link dev.fotabridge.junit.Rig} for where boards come from.
 *
 * <p>What is public here stays compatible. No argument may be null. Needs JUnit's API of version 5.12 or newer, and nothing of this
 * project but {@code dev.fotabridge.host.api}.
 */
package dev.fotabridge.junit;
