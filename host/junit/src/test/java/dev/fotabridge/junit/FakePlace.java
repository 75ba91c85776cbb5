package dev.fotabridge.junit;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place with a board in memory, which writes down what is done to it. */
final class FakePlace implements BoardPlace {
    private final String name;
    private final List<String> done;
    private final Optional<Reason> startFails;
    private volatile FakeBay bay;

    FakePlace(String name, List<String> done, Optional<Reason> startFails) {
        this.name = name;
        this.done = done;
        this.startFails = startFails;
    }

    FakeBay bay() {
        return bay;
    }

    @Override
    public String lockName() {
        return "fake " + ProcessHandle.current().pid() + " " + System.identityHashCode(done) + " " + name;
    }

    @Override
    public String serialNumber() {
        return "000960" + name.length();
    }

    @Override
    public ReadyPlace start(Bays bays, Path directory, Duration limit) throws FotaException {
        done.add("start " + name);
        if (startFails.isPresent()) {
            throw new FotaException(startFails.get(), name + " does not start.");
        }
        bay = new FakeBay(name);
        Bay started = bay.bay();
        return new ReadyPlace() {
            @Override
            public Bay bay() {
                return started;
            }

            @Override
            public void powerCycle(Duration patience) {
                done.add("power " + name);
            }

            @Override
            public void cutLine(boolean cut, Duration patience) {
                done.add((cut ? "cut " : "join ") + name);
            }

            @Override
            public void close() {
                done.add("end " + name);
            }
        };
    }
}
