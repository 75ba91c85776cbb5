package dev.fotabridge.host.api;

import java.util.List;
import java.util.Optional;

/**
 * What an update would do to a board now, and what it would take. Texts are empty where nothing is known.
 *
 * @param end how it would end as far as that is known before anything is sent: the reason and sentence with which it would be refused;
 *     UP_TO_DATE; or SUCCEEDED if nothing stands against it, with what would be done
 * @param board the board's answer; empty if it was not reached
 * @param from version that runs now
 * @param to version of the image
 * @param pages pages of the image; 0 if nothing was compared, as with a modem delta
 * @param pagesToSend pages that would be sent; the others are in the slot already
 * @param transfers what the transfer takes at each rate that the board offers up to the highest allowed one, the lowest first; an update
 *     uses the highest one that the line carries, if raising it saves time
 */
public record UpdateForecast(
        RunEnd end,
        Optional<BoardReport> board,
        String from,
        String to,
        int pages,
        int pagesToSend,
        List<Transfer> transfers) {
    /**
     * A transfer at one rate, without losses.
     *
     * @param baud rate of the line, bits a second
     * @param wireBytes bytes that the host sends for the pages, framing included
     * @param seconds from the first byte until the last page is in flash; comparing, a change of the rate, the check of the whole image
     *     and the swap come on top
     */
    public record Transfer(int baud, long wireBytes, double seconds) {}
}
