package dev.fotabridge.station.live;

/** Who works at the station: by the configuration, until another one is scanned. Any thread may call. */
final class Operator {
    private volatile String name;

    Operator(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void is(String other) {
        name = other;
    }
}
