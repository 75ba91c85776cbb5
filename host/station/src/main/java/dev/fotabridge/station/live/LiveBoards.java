package dev.fotabridge.station.live;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.station.ledger.OpenRun;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.run.BoardsPort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The boards at all bays. Tested by LiveStationIT. */
final class LiveBoards implements BoardsPort, AutoCloseable {
    private final Map<Integer, BayWorker> workers = new TreeMap<>();
    private final FirmwareOf firmware;
    private final LongSupplier clock;
    private final BayReports reports;
    private final Bays bays;
    /** Read once, before the first update of this station. */
    private CutOffRuns cutOff;

    /** Has the bytes that an attempt brings. */
    @FunctionalInterface
    interface FirmwareOf {
        /** @throws FotaException why they cannot be had */
        Firmware of(Order order) throws FotaException;
    }

    /** @param firmware what an attempt brings */
    LiveBoards(List<BayPlace> places, Bays bays, BayReports reports, FirmwareOf firmware, LongSupplier clock) {
        this.firmware = firmware;
        this.clock = clock;
        this.reports = reports;
        this.bays = bays;
        places.forEach(place -> workers.put(place.bay(), new BayWorker(place, bays, reports)));
    }

    BayWorker at(int bay) {
        return workers.get(bay);
    }

    void tick(long now) {
        workers.values().forEach(worker -> worker.tick(now));
    }

    @Override
    public void identify(int bay) {
        at(bay).identify(clock.getAsLong());
    }

    @Override
    public void begin(Order order) {
        reports.begins(order);
        try {
            at(order.bay()).begin(order, firmware.of(order));
        } catch (FotaException e) {
            at(order.bay()).fail(order, new RunEnd(e.reason(), e.getMessage()));
        }
    }

    @Override
    public void stop(String run, Reason reason, String message) {
        workers.values().forEach(worker -> worker.stop(run, new RunEnd(reason, message)));
    }

    /** The library forgets the journal of an update itself, once its end is known. */
    @Override
    public void forget(String run) {}

    @Override
    public String evidence(OpenRun run) {
        if (cutOff == null) {
            cutOff = CutOffRuns.read(bays);
        }
        return cutOff.evidence(run);
    }

    /** Waits for what runs at the bays to end, which the library has been asked for. */
    @Override
    public void close() {
        workers.values().forEach(BayWorker::close);
    }
}
