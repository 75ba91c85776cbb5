package planted.modemisseenbysessiononly.protocol.modem;

public final class Modem {}
