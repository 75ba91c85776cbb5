package dev.fotabridge.station.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordFieldsTest {
    /** Names that begin with the letters "is". */
    public record Names(boolean isFinal, String issue, String is, Optional<String> other) {}

    @Test
    void onlyAQuestionLosesItsFirstWord() {
        assertEquals(List.of("final", "issue", "is", "other"), RecordFields.names(Names.class));
    }

    @Test
    void anEmptyTextInAnOptionalIsNotKnownEither() {
        assertEquals(
                List.of("final=true", "issue=x", "is=null", "other=null"),
                RecordFields.of(new Names(true, "x", "", Optional.of(""))).entrySet().stream()
                        .map(Object::toString)
                        .toList());
    }
}
