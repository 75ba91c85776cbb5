package dev.fotabridge.host.bay;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.upload.UploadEstimate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an upload takes at one rate of the line. Tested by ForecastIT.
 *
 * @param baud bits a second
 */
public record RateEstimate(int baud, UploadEstimate upload) {
    /**
     * Returns the rates that an update may use on this board, the lowest first.
     *
     * @param now the line's rate
     * @param ceiling the highest rate that is allowed
     */
    static List<Integer> rates(BoardInfo board, int now, int ceiling) {
        return IntStream.concat(IntStream.of(now), board.link().rates().stream().mapToInt(Integer::intValue))
                .filter(baud -> baud == now || baud <= ceiling)
                .filter(baud -> baud >= now)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
