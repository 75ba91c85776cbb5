package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport.Listener;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.shared.PolicyAction.Kind;
import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One MQTT connection and the things that share it, as a pure state machine: what the things ask and what the
 * transport tells in; effects and a deadline out. Times are nanoseconds of one monotonic clock. Not thread-safe.
 *
 * <p>The connection is there while a thing wants it. On every connection the filters of all things that want it are
 * subscribed to, one SUBSCRIBE at a time; a message goes to the thing in its topic. A thing whose filters are refused
 * is told so by name and is left out; the others stay. A thing that makes the server close the connection is found by
 * {@link DisconnectSuspects}. The pauses between connections are the connection's own, whatever pauses the things
 * make.
 */
final class SharedConnection {
    /** "AWS IoT Core endpoints and quotas", message broker: subscriptions per subscription request. */
    static final int MAX_FILTERS_PER_SUBSCRIBE = 8;

    /** The same place: subscriptions per connection; AWS closes a connection that asks for more. */
    static final int MAX_SUBSCRIPTIONS = 50;

    /** A thing takes two, see {@link JobsTopics#fewFilters}. */
    static final int MAX_THINGS = MAX_SUBSCRIPTIONS / 2;

    static final String FULL =
            "The connection is full: AWS gives it " + MAX_SUBSCRIPTIONS + " subscriptions, enough for " + MAX_THINGS
                    + " things; use a further connection with a client id of its own.";

    private static final int THINGS_PER_SUBSCRIBE = MAX_FILTERS_PER_SUBSCRIBE / 2;

    /** AWS takes one CONNECT a second from a client id. */
    private static final long LEAST_PAUSE_NANOS = 1_000_000_000L;

    private static final long CONNECT_LIMIT_NANOS = 60_000_000_000L;
    private static final long SUBSCRIBE_LIMIT_NANOS = 30_000_000_000L;

    /** A connection that held for so long starts the pauses anew. */
    private static final long HELD_NANOS = 60_000_000_000L;

    private enum Link {
        DOWN,
        CONNECTING,
        UP
    }

    private final ReconnectPolicy policy;
    private final DisconnectSuspects suspects = new DisconnectSuspects();
    private final PublishQueue outgoing = new PublishQueue(suspects);
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Queue<SharedEffect> effects = new ArrayDeque<>();

    private Link link = Link.DOWN;
    /** Whose filters are in the SUBSCRIBE that is not answered yet. */
    private List<Member> subscribing = List.of();

    /** When the connection may be tried; of one that is up, since when it is. */
    private long since = Long.MIN_VALUE;

    /** When what is under way has taken too long. */
    private long limit = Deadline.NEVER;

    SharedConnection(ReconnectPolicy policy) {
        this.policy = policy;
    }

    /**
     * Gives a thing a place.
     *
     * @throws IllegalStateException when it has one, or none is left; says which
     */
    void add(String thing) {
        if (members.containsKey(thing)) {
            throw new IllegalStateException("The thing " + thing + " is on this connection already.");
        }
        if (!hasRoom()) {
            throw new IllegalStateException(FULL);
        }
        members.put(thing, new Member(thing));
    }

    boolean has(String thing) {
        return members.containsKey(thing);
    }

    boolean hasRoom() {
        return members.size() < MAX_THINGS;
    }

    /** Takes a thing's place away; nothing is told to it any more. */
    void remove(String thing, long now) {
        leave(thing, now);
        members.remove(thing);
        suspects.pardon(thing);
    }

    /** A thing wants the connection; connected or disconnected follows. */
    void join(String thing, Listener listener, long now) {
        Member member = members.get(thing);
        if (member == null) {
            return;
        }
        member.listener = listener;
        member.asked = false;
        var barred = suspects.barred(thing, now);
        if (barred.isPresent()) {
            end(member, barred.get());
        } else if (link == Link.UP) {
            tell(member, Listener::connected);
        }
        tick(now);
    }

    /** A thing wants to be told when it is subscribed. */
    void subscribe(String thing, long now) {
        Member member = members.get(thing);
        if (member != null && member.isWanting()) {
            member.asked = true;
            tellSubscribed(member);
            tick(now);
        }
    }

    /** A thing has a request; dropped if it is not subscribed, or if too many wait. */
    void publish(String thing, String topic, byte[] payload, long now) {
        Member member = members.get(thing);
        if (member != null && member.granted) {
            outgoing.add(thing, topic, payload);
            tick(now);
        }
    }

    /** A thing wants the connection no more; nothing is told to it until it joins again. */
    void leave(String thing, long now) {
        Member member = members.get(thing);
        if (member == null || !member.isWanting()) {
            return;
        }
        member.listener = null;
        outgoing.forget(thing);
        if (!subscribing.contains(member)) {
            suspects.forget(thing);
        }
        if (member.granted) {
            member.granted = false;
            effects.add(new SharedEffect.Unsubscribe(member.filters));
        }
        if (link != Link.DOWN && members.values().stream().noneMatch(Member::isWanting)) {
            effects.add(new SharedEffect.Disconnect());
            suspects.dropped();
            down(now, now + LEAST_PAUSE_NANOS);
        }
        tick(now);
    }

    /** The transport has connected. */
    void connected(long now) {
        link = Link.UP;
        since = now;
        limit = Deadline.NEVER;
        members.values().stream().filter(Member::isWanting).forEach(member -> tell(member, Listener::connected));
        tick(now);
    }

    /** All filters of the last Subscribe are granted. */
    void granted(long now) {
        refused(List.of(), now);
    }

    /** Of the filters of the last Subscribe these are refused, the others granted. */
    void refused(List<String> filters, long now) {
        List<Member> answered = subscribing;
        subscribing = List.of();
        limit = Deadline.NEVER;
        for (Member member : answered) {
            suspects.answered(new PolicyAction(member.thing, Kind.SUBSCRIBE));
            List<String> lacking =
                    member.filters.stream().filter(filters::contains).toList();
            List<String> held = new ArrayList<>(member.filters);
            held.removeAll(lacking);
            if (lacking.isEmpty() && member.isWanting()) {
                member.granted = true;
                tellSubscribed(member);
            } else {
                refuse(member, lacking, held);
            }
        }
        tick(now);
    }

    private void refuse(Member member, List<String> lacking, List<String> held) {
        if (!held.isEmpty()) {
            effects.add(new SharedEffect.Unsubscribe(held));
        }
        if (member.isWanting()) {
            end(
                    member,
                    new FotaException(
                            Reason.CLOUD_POLICY,
                            "AWS refuses " + member.thing + " a subscription: the policy must allow iot:Subscribe on"
                                    + " topicfilter/" + String.join(" and topicfilter/", lacking)
                                    + ", and iot:Receive on the topics below it."));
        }
    }

    /**
     * A message came in.
     *
     * @return whether it was for one of the things that are subscribed
     */
    boolean message(String topic, byte[] payload, long now) {
        Member member = JobsTopics.thingOf(topic).map(members::get).orElse(null);
        if (member == null || !member.granted) {
            return false;
        }
        if (topic.endsWith("/accepted") || topic.endsWith("/rejected")) {
            suspects.answered(PolicyAction.of(member.thing, topic));
        }
        tell(member, listener -> listener.message(topic, payload));
        tick(now);
        return true;
    }

    /** The attempt has failed, or the connection is gone; nothing happens if we have ended it already. */
    void disconnected(FotaException cause, long now) {
        if (link == Link.DOWN) {
            return;
        }
        if (link == Link.UP) {
            suspects.ended(now);
            if (now - since >= HELD_NANOS) {
                policy.succeeded();
            }
        }
        FotaException reason = innocent(cause);
        List<Member> wanting =
                members.values().stream().filter(Member::isWanting).toList();
        down(now, now + policy.nextPause());
        wanting.forEach(member -> end(member, suspects.barred(member.thing, now).orElse(reason)));
    }

    /** What ended the connection while several were subscribing is nothing that each of them has done. */
    private FotaException innocent(FotaException cause) {
        if (subscribing.isEmpty() || cause.reason() != Reason.CLOUD_POLICY) {
            return cause;
        }
        String names = subscribing.stream().map(member -> member.thing).collect(Collectors.joining(", "));
        return new FotaException(
                Reason.CLOUD_UNREACHABLE,
                "AWS closed the connection while " + names + " subscribed; each will be tried by itself.",
                cause);
    }

    private void down(long now, long notBefore) {
        link = Link.DOWN;
        since = notBefore;
        limit = Deadline.NEVER;
        subscribing = List.of();
        outgoing.clear();
        members.values().forEach(member -> member.granted = false);
    }

    private void end(Member member, FotaException cause) {
        tell(member, listener -> listener.disconnected(cause));
        member.listener = null;
    }

    private void tellSubscribed(Member member) {
        if (member.asked && member.granted) {
            member.asked = false;
            tell(member, Listener::subscribed);
        }
    }

    private void tell(Member member, Consumer<Listener> word) {
        effects.add(new SharedEffect.Tell(member.listener, word));
    }

    /** Does what is due. */
    void tick(long now) {
        suspects.tick(now);
        if (now >= limit) {
            effects.add(new SharedEffect.Disconnect());
            suspects.dropped();
            disconnected(
                    new FotaException(Reason.CLOUD_UNREACHABLE, "The cloud connection made no progress in time."), now);
        }
        if (link == Link.UP) {
            pumpSubscribe(now);
            if (!isHeld()) {
                outgoing.pump(now, effects);
            }
        } else if (link == Link.DOWN
                && now >= since
                && members.values().stream().anyMatch(Member::isWanting)) {
            link = Link.CONNECTING;
            limit = now + CONNECT_LIMIT_NANOS;
            effects.add(new SharedEffect.Connect());
        }
    }

    private void pumpSubscribe(long now) {
        if (!subscribing.isEmpty()) {
            return;
        }
        List<Member> next = nextToSubscribe();
        if (next.isEmpty() || !suspects.admits(subscription(next.get(0)))) {
            return;
        }
        next.forEach(member -> suspects.done(subscription(member), now));
        subscribing = next;
        limit = now + SUBSCRIBE_LIMIT_NANOS;
        effects.add(new SharedEffect.Subscribe(
                next.stream().flatMap(member -> member.filters.stream()).toList()));
    }

    /** Suspects come last, each by itself. */
    private List<Member> nextToSubscribe() {
        List<Member> waiting =
                members.values().stream().filter(Member::isWaiting).toList();
        List<Member> clear = waiting.stream()
                .filter(member -> !suspects.isSuspect(subscription(member)))
                .limit(THINGS_PER_SUBSCRIBE)
                .toList();
        return clear.isEmpty() ? waiting.stream().limit(1).toList() : clear;
    }

    private static PolicyAction subscription(Member member) {
        return new PolicyAction(member.thing, Kind.SUBSCRIBE);
    }

    /** While a suspect waits to subscribe, nothing else is begun. */
    private boolean isHeld() {
        return subscribing.isEmpty() && members.values().stream().anyMatch(Member::isWaiting);
    }

    /** When tick is next useful; may change after every call. */
    long deadline() {
        if (link == Link.DOWN) {
            return members.values().stream().anyMatch(Member::isWanting) ? since : Deadline.NEVER;
        }
        long paced = isHeld() ? Deadline.NEVER : outgoing.deadline();
        return Math.min(Math.min(limit, paced), suspects.deadline());
    }

    /** The next effect, in order, or null. */
    SharedEffect poll() {
        return effects.poll();
    }

    /** One line for logs and failed tests. */
    @Override
    public String toString() {
        return "SharedConnection " + link + ", things " + members.keySet() + ", waiting " + outgoing.size() + ", "
                + suspects;
    }
}
