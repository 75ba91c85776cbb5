/**
 * The command line, and the only user of the standard streams: read {@link dev.fotabridge.host.cli.Main} first. Each
 * subcommand is a class of its own; {@link dev.fotabridge.host.cli.BaseCommand} is what they share.
 */
package dev.fotabridge.host.cli;
