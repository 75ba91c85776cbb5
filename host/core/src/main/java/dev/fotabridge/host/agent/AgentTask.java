package dev.fotabridge.host.agent;

/**
 * Whose jobs an agent works on.
 *
 * @param thing 1 to 128 letters, digits, colon, underscore and hyphen
 * @param cloud the endpoint, for people
 * @param once whether to end after one job
 */
public record AgentTask(String thing, String cloud, boolean once) {}
