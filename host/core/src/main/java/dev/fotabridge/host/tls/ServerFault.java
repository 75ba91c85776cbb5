package dev.fotabridge.host.tls;

/**
 * What is wrong with a server's certificates.
 *
 * @param seen goes on behind "The certificate of HOST:PORT "
 * @param advice one or two sentences: what to try
 */
record ServerFault(String seen, String advice) {}
