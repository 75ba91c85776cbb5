package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A shared connection in virtual time: what it asks of its transport, and what its things hear, in writing. */
final class Things {
    static final long SECOND = 1_000_000_000L;

    final SharedConnection shared = new SharedConnection(ReconnectPolicy.standard(new SplittableRandom(1)));
    final List<String> asked = new ArrayList<>();
    final List<List<String>> packets = new ArrayList<>();
    final Map<String, List<String>> heard = new LinkedHashMap<>();
    final Map<String, FotaException> causes = new LinkedHashMap<>();
    long now;

    Things add(String... things) {
        for (String thing : things) {
            shared.add(thing);
            heard.put(thing, new ArrayList<>());
            join(thing);
        }
        return this;
    }

    Things addMany(int count) {
        for (int i = 1; i <= count; i++) {
            add("dk-" + i);
        }
        return this;
    }

    void join(String thing) {
        shared.join(thing, new Ear(thing), now);
        shared.subscribe(thing, now);
        settle();
    }

    /** Connects, and grants every subscription. */
    Things up() {
        connect();
        while (!packets.isEmpty() && isAnswerOwed()) {
            grant();
        }
        return this;
    }

    private boolean isAnswerOwed() {
        return asked.get(asked.size() - 1).startsWith("subscribe");
    }

    void connect() {
        passUntil("connect");
        shared.connected(now);
        settle();
    }

    void grant() {
        asked.add("granted");
        shared.granted(now);
        settle();
    }

    void cut() {
        cut(new FotaException(Reason.CLOUD_UNREACHABLE, "gone"));
    }

    void cut(FotaException cause) {
        shared.disconnected(cause, now);
        settle();
    }

    void pass(long nanos) {
        now += nanos;
        shared.tick(now);
        settle();
    }

    /** Lets time pass until this is the last thing that was asked, at most a minute and a half. */
    private void passUntil(String wanted) {
        long end = now + 90 * SECOND;
        while ((asked.isEmpty() || !asked.get(asked.size() - 1).equals(wanted)) && now < end) {
            now = Math.max(now, Math.min(end, shared.deadline()));
            shared.tick(now);
            settle();
        }
    }

    void publish(String thing, String rest) {
        shared.publish(thing, topic(thing, rest), new byte[0], now);
        settle();
    }

    boolean message(String thing, String rest) {
        boolean ours = shared.message(topic(thing, rest), "{}".getBytes(StandardCharsets.UTF_8), now);
        settle();
        return ours;
    }

    static String topic(String thing, String rest) {
        return "$aws/things/" + thing + "/jobs/" + rest;
    }

    void settle() {
        for (SharedEffect effect = shared.poll(); effect != null; effect = shared.poll()) {
            if (effect instanceof SharedEffect.Tell tell) {
                tell.word().accept(tell.to());
            } else if (effect instanceof SharedEffect.Subscribe subscribe) {
                packets.add(subscribe.filters());
                asked.add("subscribe " + subscribe.filters().size());
            } else if (effect instanceof SharedEffect.Unsubscribe unsubscribe) {
                asked.add("unsubscribe " + unsubscribe.filters());
            } else if (effect instanceof SharedEffect.Publish publish) {
                asked.add("publish " + publish.topic());
            } else {
                asked.add(effect instanceof SharedEffect.Connect ? "connect" : "disconnect");
            }
        }
    }

    /** Notes what one thing hears. */
    private final class Ear implements JobsTransport.Listener {
        private final String thing;

        Ear(String thing) {
            this.thing = thing;
        }

        private void note(String word) {
            heard.get(thing).add(word);
        }

        @Override
        public void connected() {
            note("connected");
        }

        @Override
        public void subscribed() {
            note("subscribed");
        }

        @Override
        public void refused(List<String> filters, FotaException cause) {
            note("refused");
        }

        @Override
        public void message(String topic, byte[] payload) {
            note(topic.substring(topic.indexOf("/jobs/") + 6));
        }

        @Override
        public void disconnected(FotaException cause) {
            note(cause.reason().name());
            causes.put(thing, cause);
        }
    }
}
