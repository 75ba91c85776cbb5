package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.ConnectionLost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client in virtual time; the transport only writes down what it is asked. */
class JobsClientTest {
    private static final long SECOND = 1_000_000_000L;

    private final Recorder transport = new Recorder();
    private int wakeUps;
    private JobsClient client;

    @BeforeEach
    void make() throws Exception {
        JobsAgent agent = new JobsAgent(JobsAgentConfig.of("dk-1", "me"), new Outbox(new AgentRig.MemoryStore()));
        client = new JobsClient(agent, transport, ReconnectPolicy.standard(new SplittableRandom(1)), () -> wakeUps++);
        client.step(0);
    }

    @Test
    void givesUpAConnectionAttemptThatTellsNothing() {
        assertEquals(90 * SECOND, client.deadline());
        client.step(90 * SECOND - 1);
        assertEquals(List.of("connect"), transport.asked);
        client.step(90 * SECOND);
        assertEquals(List.of("connect", "disconnect"), transport.asked);
        assertLost("90 s");
        connectsAnewAt(client.deadline());
    }

    @Test
    void givesUpASubscriptionThatTellsNothing() {
        transport.listener.connected();
        client.step(10 * SECOND);
        client.step(100 * SECOND - 1);
        assertNull(client.poll());
        client.step(100 * SECOND);
        assertEquals(List.of("connect", "subscribe", "disconnect"), transport.asked);
        assertLost("90 s");
        connectsAnewAt(client.deadline());
    }

    private void assertLost(String words) {
        ConnectionLost lost = assertInstanceOf(ConnectionLost.class, client.poll());
        assertEquals(Reason.CLOUD_UNREACHABLE, lost.cause().reason());
        assertTrue(lost.cause().getMessage().contains(words), lost.cause().getMessage());
    }

    private void connectsAnewAt(long due) {
        JobsTransport.Listener before = transport.listener;
        client.step(due);
        assertNotSame(before, transport.listener);
        int asked = transport.asked.size();
        before.connected();
        before.message("$aws/things/dk-1/jobs/notify", new byte[0]);
        before.disconnected(lost());
        client.step(due + 1);
        assertEquals(asked, transport.asked.size(), "a connection that was given up is not heard any more");
    }

    /** The library retries the first connect never, and later ones at a pace shared by all boards. */
    @Test
    void triesTheFirstConnectAgainAfterAPauseOfItsOwn() {
        transport.listener.disconnected(lost());
        client.step(1);
        assertInstanceOf(ConnectionLost.class, client.poll());
        assertEquals(List.of("connect", "disconnect"), transport.asked);
        client.step(1 + SECOND);
        assertEquals(List.of("connect", "disconnect", "connect"), transport.asked);
    }

    /** What the transport tells comes on the library's threads: nothing may happen there. */
    @Test
    void callbacksOnlyQueueWhatTheyReceive() {
        transport.listener.connected();
        transport.listener.subscribed();
        transport.listener.message("$aws/things/dk-1/jobs/notify-next", "{}".getBytes(StandardCharsets.UTF_8));
        transport.listener.disconnected(lost());
        assertEquals(List.of("connect"), transport.asked);
        assertEquals(4, wakeUps);
        assertNull(client.poll());
    }

    @Test
    void keepsNoMoreMessagesThanItCanHold() {
        for (int i = 0; i < 5_000; i++) {
            transport.listener.message("$aws/things/dk-1/jobs/notify", new byte[0]);
        }
        assertTrue(wakeUps <= 1_024, "noted " + wakeUps);
    }

    @Test
    void subscribesAndAsksAgainOnEveryConnection() {
        for (int i = 0; i < 3; i++) {
            long now = client.deadline() - 1;
            transport.asked.clear();
            transport.listener.connected();
            transport.listener.subscribed();
            client.step(now);
            assertEquals(List.of("subscribe", "publish"), transport.asked);
            transport.listener.disconnected(lost());
            client.step(now);
            client.step(client.deadline());
        }
    }

    private static FotaException lost() {
        return new FotaException(Reason.CLOUD_UNREACHABLE, "gone");
    }

    private static final class Recorder implements JobsTransport {
        final List<String> asked = new ArrayList<>();
        Listener listener;

        @Override
        public void connect(Listener to) {
            asked.add("connect");
            listener = to;
        }

        @Override
        public void subscribe(List<String> filters) {
            asked.add("subscribe");
        }

        @Override
        public void unsubscribe(List<String> filters) {
            asked.add("unsubscribe");
        }

        @Override
        public void publish(String topic, byte[] payload) {
            asked.add("publish");
        }

        @Override
        public void disconnect() {
            asked.add("disconnect");
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }
}
