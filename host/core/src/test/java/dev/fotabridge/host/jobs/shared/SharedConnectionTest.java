package dev.fotabridge.host.jobs.shared;

import static dev.fotabridge.host.jobs.shared.Things.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharedConnectionTest {
    private final Things things = new Things();

    @Test
    void connectsOnceForAllAndTellsEach() {
        things.add("a", "b").up();
        assertEquals(List.of("connect", "subscribe 4", "granted"), things.asked);
        assertEquals(List.of("connected", "subscribed"), things.heard.get("a"));
        assertEquals(List.of("connected", "subscribed"), things.heard.get("b"));
    }

    /** AWS takes 8 filters in a SUBSCRIBE and 50 on a connection. */
    @Test
    void subscribesAllThingsInPacketsOfEight() {
        things.addMany(25).up();
        assertEquals(
                List.of(8, 8, 8, 8, 8, 8, 2),
                things.packets.stream().map(List::size).toList());
        assertEquals(50, subscribed().size());
        assertTrue(subscribed().containsAll(new JobsTopics("dk-25").fewFilters()));
    }

    private Set<String> subscribed() {
        return things.packets.stream().flatMap(List::stream).collect(Collectors.toSet());
    }

    @Test
    void theNextPacketWaitsForTheAnswer() {
        things.addMany(5);
        things.connect();
        assertEquals(1, things.packets.size());
        things.grant();
        assertEquals(2, things.packets.size());
        assertEquals(List.of("connected"), things.heard.get("dk-5"));
    }

    @Test
    void theFiftyFirstSubscriptionIsNeverAskedFor() {
        things.addMany(25).up();
        IllegalStateException full = assertThrows(IllegalStateException.class, () -> things.add("one-more"));
        assertTrue(full.getMessage().contains("50 subscriptions, enough for 25 things"), full.getMessage());
        assertEquals(50, subscribed().size());
        things.shared.remove("dk-7", things.now);
        things.add("one-more");
        assertEquals("subscribe 2", things.asked.get(things.asked.size() - 1));
        assertTrue(things.asked.get(things.asked.size() - 2).startsWith("unsubscribe [$aws/things/dk-7/jobs/+"));
    }

    @Test
    void aThingHasOnePlace() {
        things.add("a");
        assertThrows(IllegalStateException.class, () -> things.shared.add("a"));
    }

    @Test
    void subscribesEverythingAgainOnEveryConnection() {
        things.addMany(10).up();
        for (int i = 0; i < 3; i++) {
            things.cut();
            things.packets.clear();
            things.heard.keySet().forEach(things::join);
            things.up();
            assertEquals(
                    List.of(8, 8, 4), things.packets.stream().map(List::size).toList());
        }
        assertEquals(
                List.of("connected", "subscribed", "CLOUD_UNREACHABLE", "connected"),
                things.heard.get("dk-10").subList(0, 4));
    }

    @Test
    void thePausesAreTheConnectionsOwn() {
        things.add("a", "b").up();
        things.cut();
        for (int i = 0; i < 20; i++) {
            things.join(i % 2 == 0 ? "a" : "b");
        }
        assertEquals(1, Collections.frequency(things.asked, "connect"));
        things.pass(SECOND);
        assertEquals(2, Collections.frequency(things.asked, "connect"));
        things.cut();
        things.join("a");
        assertTrue(things.shared.deadline() >= things.now + SECOND);
    }

    @Test
    void aMessageGoesToItsThing() {
        things.add("a", "a-b").up();
        assertTrue(things.message("a", "notify-next"));
        assertTrue(things.message("a-b", "notify"));
        assertEquals(List.of("connected", "subscribed", "notify-next"), things.heard.get("a"));
        assertEquals(List.of("connected", "subscribed", "notify"), things.heard.get("a-b"));
    }

    @Test
    void aMessageForNobodyHereIsLeftAlone() {
        things.add("a").up();
        assertFalse(things.message("b", "notify-next"));
        assertFalse(things.shared.message("lab/greeting", new byte[0], 0));
        assertFalse(things.shared.message("$aws/things/a/shadow/get", new byte[0], 0));
        assertFalse(things.shared.message("$aws/things/", new byte[0], 0));
        assertEquals(List.of("connected", "subscribed"), things.heard.get("a"));
    }

    @Test
    void aRefusedThingIsNamedAndTheOthersStay() {
        things.add("a", "b", "c");
        things.connect();
        things.shared.refused(List.of("$aws/things/b/jobs/+"), things.now);
        things.settle();
        assertEquals(List.of("connected", "CLOUD_POLICY"), things.heard.get("b"));
        String sentence = things.causes.get("b").getMessage();
        assertTrue(sentence.contains("AWS refuses b a subscription"), sentence);
        assertTrue(sentence.contains("topicfilter/$aws/things/b/jobs/+,"), sentence);
        assertEquals(List.of("connected", "subscribed"), things.heard.get("a"));
        assertEquals(List.of("connected", "subscribed"), things.heard.get("c"));
        assertTrue(things.asked.contains("unsubscribe [$aws/things/b/jobs/+/+/+]"), things.asked::toString);
        assertFalse(things.message("b", "notify"));
    }

    @Test
    void aThingComesAndGoesWhileConnected() {
        things.add("a").up();
        things.add("b");
        things.grant();
        assertEquals(List.of("connected", "subscribed"), things.heard.get("b"));
        things.shared.remove("a", things.now);
        things.settle();
        assertEquals("unsubscribe " + new JobsTopics("a").fewFilters(), things.asked.get(things.asked.size() - 1));
        assertFalse(things.message("a", "notify"));
        assertTrue(things.message("b", "notify"));
    }

    /** It may come back before the answer to its first life's SUBSCRIBE does. */
    @Test
    void aThingThatGoesWhileItSubscribesIsUnsubscribed() {
        things.add("a", "b");
        things.connect();
        things.shared.remove("a", things.now);
        things.add("a");
        things.grant();
        assertEquals(
                List.of("unsubscribe " + new JobsTopics("a").fewFilters(), "subscribe 2"),
                things.asked.subList(things.asked.size() - 2, things.asked.size()));
        things.grant();
        assertTrue(things.message("a", "notify"));
    }

    @Test
    void theConnectionGoesWithTheLastThingAndComesBack() {
        things.add("a", "b").up();
        things.shared.leave("a", things.now);
        things.settle();
        assertFalse(things.asked.contains("disconnect"));
        things.shared.leave("b", things.now);
        things.settle();
        assertEquals("disconnect", things.asked.get(things.asked.size() - 1));
        assertEquals(Deadline.NEVER, things.shared.deadline());
        things.join("b");
        assertEquals("disconnect", things.asked.get(things.asked.size() - 1), "one CONNECT a second");
        things.pass(SECOND);
        assertEquals("connect", things.asked.get(things.asked.size() - 1));
    }

    @Test
    void givesUpAConnectionThatTellsNothing() {
        things.add("a");
        things.pass(60 * SECOND);
        assertEquals(List.of("connect", "disconnect"), things.asked);
        assertEquals(List.of("CLOUD_UNREACHABLE"), things.heard.get("a"));
        things.join("a");
        things.connect();
        things.pass(30 * SECOND);
        assertEquals("disconnect", things.asked.get(things.asked.size() - 1));
    }

    @Test
    void aRefusedConnectIsEverybodysAffair() {
        things.add("a", "b");
        things.cut(new FotaException(Reason.CLOUD_REFUSED, "no"));
        assertEquals(List.of("CLOUD_REFUSED"), things.heard.get("a"));
        assertEquals(List.of("CLOUD_REFUSED"), things.heard.get("b"));
    }

    @Test
    void publishesNoMoreThanAwsTakes() {
        things.add("a").up();
        for (int i = 0; i < 500; i++) {
            things.publish("a", "job/update");
        }
        long first = published();
        assertEquals(PublishPacer.BURST, first);
        things.pass(SECOND - 1);
        assertTrue(published() <= 100, "in one second " + published());
        for (int i = 0; i < 1_000; i++) {
            things.pass(SECOND / 100);
        }
        assertEquals(500, published());
    }

    private long published() {
        return things.asked.stream().filter(word -> word.startsWith("publish")).count();
    }

    @Test
    void holdsNoMoreRequestsThanItCan() {
        things.add("a").up();
        for (int i = 0; i < 5_000; i++) {
            things.shared.publish("a", Things.topic("a", "job/update"), new byte[0], 0);
        }
        for (int i = 0; i < 10_000; i++) {
            things.pass(SECOND / 50);
        }
        assertEquals(PublishQueue.MAX_WAITING + PublishPacer.BURST, published());
    }

    @Test
    void aThingThatHasGonePublishesNothing() {
        things.add("a", "b").up();
        for (int i = 0; i < 50; i++) {
            things.publish("a", "job/update");
        }
        things.shared.leave("a", things.now);
        things.settle();
        long before = published();
        things.pass(10 * SECOND);
        assertEquals(before, published());
    }
}
