package planted.protocolstartsnothread.protocol;

final class Violation {
    Thread thread() {
        return new Thread();
    }
}
