package dev.fotabridge.host.link;

import java.util.Arrays;

/** The line in memory keeps the contract, so what is tested on it holds on a real one. */
final class MemoryPortTest extends SerialPortContractTest {
    @Override
    protected FarEnd farEnd() {
        return new MemoryEnd();
    }

    private static final class MemoryEnd implements FarEnd {
        private static final int PLENTY = 1000;

        private final MemoryPort port = new MemoryPort();

        @Override
        public SerialPort open() {
            port.letWrite(PLENTY);
            return port;
        }

        @Override
        public void send(byte[] bytes) {
            port.bring(bytes);
        }

        @Override
        public byte[] receive(int count) {
            return Arrays.copyOf(port.written(), count);
        }

        @Override
        public void stall() {
            port.holdWrites();
        }

        @Override
        public void vanish() {
            port.cut();
        }

        @Override
        public void end() {
            port.close();
        }
    }
}
