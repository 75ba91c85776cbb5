package planted.protocolreadsnoclock.protocol;

final class Violation {
    long now() {
        return System.nanoTime();
    }
}
