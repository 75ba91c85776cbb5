/** DK Link, the protocol between the host and the stub on the board; see SPEC.md. */
module dev.fotabridge.protocol {
    exports dev.fotabridge.protocol.board;
    exports dev.fotabridge.protocol.frame;
    exports dev.fotabridge.protocol.message;
    exports dev.fotabridge.protocol.modem;
    exports dev.fotabridge.protocol.rate;
    exports dev.fotabridge.protocol.session;
    exports dev.fotabridge.protocol.time;
    exports dev.fotabridge.protocol.upload;
}
