package dev.fotabridge.protocol.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A host session and a model board on a line without length; time goes from deadline to deadline. */
final class Pair {
    final ModelStub stub;
    final HostSession host;
    final List<SessionEvent> events = new ArrayList<>();
    /** One chunk in so many is lost, in either direction; 0 for none. */
    int lossOneIn;

    long now;
    private final Random random;

    Pair(ModelStub stub, long seed) {
        this.stub = stub;
        this.random = new Random(seed);
        byte[] nonce = new byte[8];
        random.nextBytes(nonce);
        this.host = new HostSession(SessionConfig.defaults("test"), nonce, 0);
    }

    /** Runs until an event of this class has come, and returns it; fails when the session ends or time runs out. */
    <E extends SessionEvent> E await(Class<E> wanted) {
        for (int step = 0; step < 100_000; step++) {
            exchange();
            for (SessionEvent event = host.poll(); event != null; event = host.poll()) {
                events.add(event);
                if (wanted.isInstance(event)) {
                    return wanted.cast(event);
                }
            }
            if (host.state().isOver()) {
                throw new AssertionError(events.get(events.size() - 1) + " " + host);
            }
            advance();
        }
        throw new AssertionError("no " + wanted.getSimpleName() + " came: " + host);
    }

    private void exchange() {
        ByteBuffer room = ByteBuffer.allocate(1 + random.nextInt(300));
        host.transmit(room, now);
        byte[] there = Arrays.copyOf(room.array(), room.position());
        if (!lost()) {
            stub.receive(there);
        }
        byte[] back = stub.take();
        if (!lost()) {
            host.receive(ByteBuffer.wrap(back), now);
        }
    }

    private boolean lost() {
        return lossOneIn > 0 && random.nextInt(lossOneIn) == 0;
    }

    private void advance() {
        now += 1_000_000;
        host.tick(now);
        if (host.deadline() <= now) {
            throw new AssertionError("a deadline in the past: " + host);
        }
    }
}
