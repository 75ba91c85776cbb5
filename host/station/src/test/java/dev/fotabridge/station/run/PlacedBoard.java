package dev.fotabridge.station.run;

import dev.fotabridge.station.bay.UnitIdentity;
import java.util.HashSet;
import java.util.Set;

/** A board with its flash, as far as a station can change it. */
final class PlacedBoard {
    static final int PAGES = 12;

    /** By which the judge knows it, whatever it says of itself. */
    final String label;

    final UnitIdentity identity;

    /** It does not answer at all. */
    boolean silent;
    /** Its bootloader refuses every new image. */
    boolean refuses;

    String running = "old image";
    boolean confirmed = true;
    String inSlot = "";
    int pages;
    boolean pending;
    private String before = running;

    /** Images that it has said it runs, confirmed. */
    final Set<String> proven = new HashSet<>();

    PlacedBoard(String label, UnitIdentity identity) {
        this.label = label;
        this.identity = identity;
    }

    /** Whether what this board has said shows that the other one, which stands here now, is another one. */
    boolean canBeToldFrom(PlacedBoard other) {
        String saidUnit = silent ? "" : identity.unit();
        return saidUnit.isEmpty()
                ? !identity.probe().isEmpty() && !identity.probe().equals(other.identity.probe())
                : !saidUnit.equals(other.identity.unit());
    }

    void write(String image) {
        pages = inSlot.equals(image) ? pages + 1 : 1;
        inSlot = image;
    }

    boolean holds(String image) {
        return inSlot.equals(image) && pages >= PAGES;
    }

    /** MCUboot: what is pending is tried, what was on trial goes back. */
    void reset() {
        if (pending && !refuses) {
            before = running;
            running = inSlot;
            confirmed = false;
        } else if (!confirmed) {
            running = before;
            confirmed = true;
        }
        pending = false;
    }

    void confirm() {
        confirmed = true;
    }

    /** HELLO: what it says is known from now on. */
    void says() {
        if (confirmed) {
            proven.add(running);
        }
    }

    void makeSlotHarmless() {
        pages = 0;
        inSlot = "";
        pending = false;
    }

    @Override
    public String toString() {
        return label;
    }
}
