package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which boards {@code --all} means. Tested by BoardChoiceTest.
 *
 * @param chosen the boards that are updated
 * @param leftOut ports that are not touched any more, with why; it has no board, whether one answered or not
 */
record BoardChoice(List<AskedPort> chosen, List<AskedPort> leftOut) {
    /**
     * Chooses the boards of one type: the one that is named, or else the one that all have. An MCUboot image does not say for
     * which board it is.
     *
     * @param type the name of a board type, if the user has given one
     * @param modemDelta whether the file is a modem delta, for boards that have a modem
     * @throws FotaException SEVERAL_BOARDS if the boards have several types and none is named
     */
    static BoardChoice of(List<AskedPort> asked, Optional<String> type, boolean modemDelta) throws FotaException {
        List<String> types = asked.stream()
                .flatMap(port -> port.board().stream())
                .map(BoardReport::type)
                .distinct()
                .toList();
        if (type.isEmpty() && types.size() > 1) {
            throw new FotaException(
                    Reason.SEVERAL_BOARDS,
                    "Boards of several types answer: " + types(asked) + ". Name the image's type with --board.");
        }
        List<AskedPort> chosen = new ArrayList<>();
        List<AskedPort> leftOut = new ArrayList<>();
        for (AskedPort port : asked) {
            String why = whyNot(port, type, modemDelta);
            if (why.isEmpty()) {
                chosen.add(port);
            } else {
                leftOut.add(new AskedPort(port.port(), Optional.empty(), why));
            }
        }
        return new BoardChoice(chosen, leftOut);
    }

    private static String types(List<AskedPort> asked) {
        return asked.stream()
                .filter(port -> port.board().isPresent())
                .map(port -> port.board().get().type() + " at " + port.port().path())
                .collect(Collectors.joining(", "));
    }

    private static String whyNot(AskedPort port, Optional<String> type, boolean modemDelta) {
        if (port.board().isEmpty()) {
            return port.why();
        }
        BoardReport board = port.board().get();
        if (!type.map(board::isOf).orElse(true)) {
            return "the board is " + board.type() + ", not " + type.get();
        }
        boolean takes = !modemDelta || board.modem().isPresent();
        return takes ? "" : "the file is a modem delta, but the board's stub has no modem to hand it to";
    }
}
