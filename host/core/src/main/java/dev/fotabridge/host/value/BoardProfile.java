package dev.fotabridge.host.value;

import java.util.List;

/**
 * What is known of a kind of board before it answers. What a board says of itself counts more: its slot, its pages, its rates.
 * Tested by BoardPortTest.
 *
 * @param pageBytes that the flash erases at once
 * @param pageNanos to erase a page and to program it
 * @param slotBytes sizes of slots that its SDK builds, the largest first
 * @param flashBytes from address 0
 * @param ramStart address
 * @param ramBytes from there
 * @param modemAreaBytes for a delta of the modem's firmware
 * @param modemApplyNanos until the board answers again after a reset in which the modem applies a delta
 * @param usbVendor of the debugger on the board
 * @param consoleInterface USB interface on which the application speaks
 * @param startBaud the rate at which it starts
 * @param ceilingBaud the highest rate of its UART
 */
public record BoardProfile(
        int pageBytes,
        long pageNanos,
        List<Integer> slotBytes,
        int flashBytes,
        int ramStart,
        int ramBytes,
        int modemAreaBytes,
        long modemApplyNanos,
        int usbVendor,
        int consoleInterface,
        int startBaud,
        int ceilingBaud) {
    /** The rate at which Zephyr's console starts on an nRF9160 DK, bits a second. */
    public static final int NRF9160_START_BAUD = 115_200;

    /** The highest rate of the nRF9160's UARTE, bits a second (product specification, BAUDRATE). */
    public static final int NRF9160_CEILING_BAUD = 1_000_000;

    /**
     * The nRF9160 DK. Flash, RAM, UARTE: nRF9160 product specification (NVMC: 87.5 ms to erase a page, 43 us to program a word). Slots: nRF
     * Connect SDK's layouts without and with TF-M. Modem area: what modem firmware 1.x tells. Modem's time: no number was ever
     * published, users of serial_lte_modem report half a minute to a few minutes. VCOM0 of the SEGGER debugger is USB interface 0.
     */
    public static final BoardProfile NRF9160_DK = new BoardProfile(
            4_096,
            131_500_000L,
            List.of(0x78000, 0x70000, 0x68000),
            1 << 20,
            0x2000_0000,
            256 << 10,
            294_912,
            300_000_000_000L,
            0x1366,
            0,
            NRF9160_START_BAUD,
            NRF9160_CEILING_BAUD);

    /** Copies the list. */
    public BoardProfile {
        slotBytes = List.copyOf(slotBytes);
    }

    /** Whether an address lies in RAM, or right behind it as a full stack's does. */
    public boolean isStack(long address) {
        return address >= ramStart && address <= (long) ramStart + ramBytes;
    }

    /** Returns the pages of the largest slot. */
    public int mostPages() {
        return slotBytes.get(0) / pageBytes;
    }
}
