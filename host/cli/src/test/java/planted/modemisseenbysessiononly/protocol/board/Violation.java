package planted.modemisseenbysessiononly.protocol.board;

import planted.modemisseenbysessiononly.protocol.modem.Modem;

final class Violation {
    Modem modem;
}
