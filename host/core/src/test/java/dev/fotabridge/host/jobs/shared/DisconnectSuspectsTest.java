package dev.fotabridge.host.jobs.shared;

import static dev.fotabridge.host.jobs.shared.Things.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AWS closes the connection on what a policy does not allow, and says nothing: the one who did it has to be found. */
class DisconnectSuspectsTest {
    private static final String ASK = "$next/get";

    private final Things things = new Things();

    /** The broker closes the connection whenever this thing's filters are asked for. */
    private void serveButCutAtSubscribeOf(String guilty) {
        things.heard.keySet().forEach(things::join);
        things.connect();
        while (lastAsked().startsWith("subscribe")) {
            List<String> packet = things.packets.get(things.packets.size() - 1);
            if (packet.stream().anyMatch(filter -> filter.contains("/" + guilty + "/"))) {
                things.cut(new FotaException(Reason.CLOUD_POLICY, "closed when we subscribed"));
                return;
            }
            things.grant();
        }
    }

    private String lastAsked() {
        return things.asked.get(things.asked.size() - 1);
    }

    @Test
    void findsTheThingWhoseSubscriptionEndsTheConnection() {
        things.add("a", "b", "guilty", "c", "d");
        for (int i = 0; i < DisconnectSuspects.LIMIT; i++) {
            assertFalse(things.heard.get("guilty").contains("CLOUD_POLICY"), "too early");
            serveButCutAtSubscribeOf("guilty");
        }
        String sentence = things.causes.get("guilty").getMessage();
        assertEquals(Reason.CLOUD_POLICY, things.causes.get("guilty").reason());
        assertTrue(sentence.contains("whenever guilty subscribes"), sentence);
        assertTrue(sentence.contains("topicfilter/$aws/things/guilty/jobs/+ and"), sentence);
        for (String innocent : Set.of("a", "b", "c", "d")) {
            assertFalse(things.heard.get(innocent).contains("CLOUD_POLICY"), innocent);
        }
        serveButCutAtSubscribeOf("guilty");
        for (String innocent : Set.of("a", "b", "c", "d")) {
            assertTrue(things.message(innocent, "notify"), innocent);
        }
    }

    @Test
    void aSuspectSubscribesLastAndByItself() {
        things.add("a", "guilty", "b");
        serveButCutAtSubscribeOf("guilty");
        things.packets.clear();
        things.heard.keySet().forEach(things::join);
        things.connect();
        assertEquals(List.of(List.of("$aws/things/a/jobs/+", "$aws/things/a/jobs/+/+/+")), things.packets);
        things.add("new");
        things.grant();
        assertTrue(things.packets.get(1).get(0).contains("/new/"), things.packets::toString);
        things.grant();
        assertTrue(things.packets.get(2).get(0).contains("/guilty/"), things.packets::toString);
        assertEquals(2, things.packets.get(2).size());
    }

    /** Everybody asks for jobs at every connect, and the broker closes the connection at the guilty one's request. */
    private void serveButCutAtPublishOf(String guilty) {
        things.heard.keySet().forEach(things::join);
        things.up();
        int seen = things.asked.size();
        things.heard.keySet().forEach(thing -> things.publish(thing, ASK));
        while (seen < things.asked.size()) {
            String word = things.asked.get(seen++);
            if (word.equals("publish " + Things.topic(guilty, ASK))) {
                things.cut();
                return;
            }
            if (word.startsWith("publish")) {
                things.message(word.split("/")[2], ASK + "/accepted");
            }
        }
    }

    @Test
    void findsTheThingWhoseRequestEndsTheConnection() {
        things.add("a", "b", "guilty", "c");
        for (int i = 0; i < 20 && !things.heard.get("guilty").contains("CLOUD_POLICY"); i++) {
            serveButCutAtPublishOf("guilty");
        }
        String sentence = things.causes.get("guilty").getMessage();
        assertTrue(sentence.contains("iot:Publish on topic/$aws/things/guilty/jobs/*/get"), sentence);
        int before = things.heard.get("a").size();
        serveButCutAtPublishOf("guilty");
        assertTrue(things.message("a", "notify"), "the others work");
        assertTrue(things.heard
                .get("a")
                .subList(before, things.heard.get("a").size())
                .contains(ASK + "/accepted"));
        for (String innocent : Set.of("a", "b", "c")) {
            assertFalse(things.heard.get(innocent).contains("CLOUD_POLICY"), innocent);
        }
    }

    @Test
    void aBarredThingIsRefusedAtOnceAndTriedAgainLater() {
        things.add("guilty", "a");
        for (int i = 0; i < DisconnectSuspects.LIMIT; i++) {
            serveButCutAtSubscribeOf("guilty");
        }
        things.heard.get("guilty").clear();
        things.join("guilty");
        assertEquals(List.of("CLOUD_POLICY"), things.heard.get("guilty"));
        things.heard.get("guilty").clear();
        things.join("a");
        things.up();
        things.pass(DisconnectSuspects.BAR_MINUTES * 60 * SECOND);
        things.join("guilty");
        things.grant();
        assertEquals(List.of("connected", "subscribed"), things.heard.get("guilty"));
    }

    @Test
    void whoIsTakenAwayAndBroughtBackStartsAnew() {
        things.add("guilty", "a");
        for (int i = 0; i < DisconnectSuspects.LIMIT; i++) {
            serveButCutAtSubscribeOf("guilty");
        }
        things.shared.remove("guilty", things.now);
        things.add("guilty");
        assertEquals(List.of(), things.heard.get("guilty"));
        things.up();
        assertEquals(List.of("connected", "subscribed"), things.heard.get("guilty"));
    }

    /** A line that is cut again and again is nobody's fault, as long as answers come in between. */
    @Test
    void aBadLineBarsNobody() {
        things.add("a", "b");
        for (int i = 0; i < 20; i++) {
            things.heard.keySet().forEach(things::join);
            things.up();
            things.publish("a", ASK);
            things.publish("b", ASK);
            things.message("a", ASK + "/accepted");
            things.message("b", ASK + "/rejected");
            things.publish("a", "job/update");
            things.cut();
            things.join("a");
            things.up();
            things.publish("a", "job/update");
            things.message("a", "job/update/accepted");
            things.cut();
        }
        assertFalse(things.heard.get("a").contains("CLOUD_POLICY"));
        assertFalse(things.heard.get("b").contains("CLOUD_POLICY"));
    }

    @Test
    void silenceOnAConnectionThatStaysAcquits() {
        things.add("a", "b").up();
        things.publish("a", ASK);
        things.cut();
        things.join("a");
        things.join("b");
        things.up();
        things.publish("a", ASK);
        things.publish("b", ASK);
        assertEquals("publish " + Things.topic("a", ASK), lastAsked(), "nobody else while a suspect is tried");
        things.pass(5 * SECOND);
        assertEquals("publish " + Things.topic("b", ASK), lastAsked());
    }
}
