/**
 * Programs that get the record of each run, such as one that drives a lamp or prints a label. Nothing that they do reaches a bay. Read
 * {@link dev.fotabridge.station.hook.Hooks} first.
 */
package dev.fotabridge.station.hook;
