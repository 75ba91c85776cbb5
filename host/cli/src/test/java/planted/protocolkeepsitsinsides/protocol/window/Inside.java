package planted.protocolkeepsitsinsides.protocol.window;

public final class Inside {}
