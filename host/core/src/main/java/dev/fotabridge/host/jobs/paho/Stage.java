package dev.fotabridge.host.jobs.paho;

/** How far an attempt to connect came. */
enum Stage {
    NOWHERE,
    /** TCP is up, through the proxy if there is one. */
    REACHED,
    /** TLS is up on our side, so that only CONNACK is missing. */
    SECURED
}
