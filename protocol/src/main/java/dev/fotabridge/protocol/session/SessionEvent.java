package dev.fotabridge.protocol.session;

/** What a session tells its driver. */
public interface SessionEvent {}
