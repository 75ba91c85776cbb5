/** DK Link, the protocol between the host and the stub on the board; see SPEC.md. */
module dev.fotabridge.protocol {
    exports dev.fotabridge.protocol.frame;
    exports dev.fotabridge.protocol.message;
    exports dev.fotabridge.protocol.session;
}
