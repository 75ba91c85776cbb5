package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends over a transport and waits for the answers. One thread calls; every wait has a limit and can be interrupted.
 * Tested by PolicyChecksTest.
 */
final class BlockingTransport {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SUBSCRIBE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SLICE_MILLIS = 100;
    private static final int MAX_WAITING = 1_000;

    private final Endpoint endpoint;
    private final JobsTransport transport;
    private final long replyNanos;
    private final BooleanSupplier interrupted;
    private Mailbox mailbox = new Mailbox();

    /** @param replyNanos how long a request waits for its reply */
    BlockingTransport(Endpoint endpoint, JobsTransport transport, long replyNanos, BooleanSupplier interrupted) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.replyNanos = replyNanos;
        this.interrupted = interrupted;
    }

    private enum Kind {
        CONNECTED,
        SUBSCRIBED,
        MESSAGE,
        DISCONNECTED
    }

    /**
     * A message from the cloud.
     *
     * @param payload read as UTF-8
     */
    record Message(String topic, String payload) {}

    private record Incoming(Kind kind, Message message, FotaException cause) {}

    /** Where the transport connects to. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Connects, also after the connection ended. */
    void connect() throws FotaException {
        mailbox = new Mailbox();
        transport.connect(mailbox);
        require(Kind.CONNECTED, CONNECT_NANOS, "The endpoint does not answer CONNECT.");
    }

    /** Subscribes; a refusal says CLOUD_POLICY. */
    void subscribe(String filter) throws FotaException {
        transport.subscribe(List.of(filter));
        require(Kind.SUBSCRIBED, SUBSCRIBE_NANOS, "The endpoint does not answer SUBSCRIBE.");
    }

    private void require(Kind kind, long limitNanos, String silence) throws FotaException {
        Optional<Incoming> seen = await(kind, limitNanos, "");
        if (seen.isEmpty()) {
            throw new FotaException(Reason.CLOUD_UNREACHABLE, silence);
        }
    }

    /**
     * Publishes a request and waits for what comes on a topic below it.
     *
     * @return the reply; empty if none came
     * @throws FotaException if the connection ended meanwhile
     */
    Optional<Message> ask(String topic, String request) throws FotaException {
        transport.publish(topic, request.getBytes(StandardCharsets.UTF_8));
        return await(Kind.MESSAGE, replyNanos, topic + "/").map(Incoming::message);
    }

    private Optional<Incoming> await(Kind kind, long limitNanos, String topicPrefix) throws FotaException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limitNanos) {
            Incoming incoming = next();
            if (incoming == null) {
                continue;
            }
            if (incoming.kind() == Kind.DISCONNECTED) {
                throw incoming.cause();
            }
            boolean wanted = incoming.kind() == kind
                    && (kind != Kind.MESSAGE || incoming.message().topic().startsWith(topicPrefix));
            if (wanted) {
                return Optional.of(incoming);
            }
        }
        return Optional.empty();
    }

    private Incoming next() throws FotaException {
        if (interrupted.getAsBoolean()) {
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        }
        try {
            return mailbox.incoming.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        }
    }

    /** What one connection tells; a fresh one for each, so that an older one's last words are not heard. */
    private static final class Mailbox implements JobsTransport.Listener {
        private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>(MAX_WAITING);

        @Override
        public void connected() {
            incoming.offer(new Incoming(Kind.CONNECTED, null, null));
        }

        @Override
        public void subscribed() {
            incoming.offer(new Incoming(Kind.SUBSCRIBED, null, null));
        }

        @Override
        public void refused(List<String> filters, FotaException cause) {
            disconnected(cause);
        }

        @Override
        public void message(String topic, byte[] payload) {
            Message message = new Message(topic, new String(payload, StandardCharsets.UTF_8));
            incoming.offer(new Incoming(Kind.MESSAGE, message, null));
        }

        @Override
        public void disconnected(FotaException cause) {
            incoming.offer(new Incoming(Kind.DISCONNECTED, null, cause));
        }
    }
}
