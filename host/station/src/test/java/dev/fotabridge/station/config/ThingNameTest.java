package dev.fotabridge.station.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.station.bay.UnitIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThingNameTest {
    @Test
    void aNameIsCompleteOnlyWhenAllItsPartsAreKnown() {
        ThingName name = new ThingName("dk-{unit}-{scan}");
        assertEquals(Optional.empty(), name.of(UnitIdentity.NONE));
        assertEquals(Optional.empty(), name.of(new UnitIdentity("u1", "960", "")));
        assertEquals(Optional.of("dk-u1-A7"), name.of(new UnitIdentity("u1", "960", "A7")));
        assertEquals(Optional.of("p960"), new ThingName("p{probe}").of(new UnitIdentity("", "960", "")));
    }

    /** What a board says may look like a part of the template. */
    @Test
    void aPartIsNotReplacedTwice() {
        ThingName name = new ThingName("{unit}-{scan}");
        String made = name.of(new UnitIdentity("{scan}", "", "x")).orElseThrow();
        assertEquals("{scan}-x", made);
        assertFalse(ThingName.isValid(made));
    }

    @Test
    void whatAwsDoesNotTakeIsNoName() {
        assertTrue(ThingName.isValid("dk-1:a_B"));
        for (String name : new String[] {"", "dk 1", "dk/1", "dk+", "ü", "x".repeat(129)}) {
            assertFalse(ThingName.isValid(name), name);
        }
    }

    @Test
    void aTemplateHasKnownPartsOnly() {
        assertTrue(ThingName.isTemplate("dk-{unit}") && ThingName.isTemplate("{probe}{scan}"));
        for (String text : new String[] {"", "dk-{Unit}", "dk-{unit", "dk-{port}", "a b"}) {
            assertFalse(ThingName.isTemplate(text), text);
        }
        assertTrue(new ThingName("a-{probe}").namesBoards());
        assertFalse(new ThingName("a").namesBoards());
    }
}
