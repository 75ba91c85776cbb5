package dev.fotabridge.station.live;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.fotabridge.station.bay.BayAnswer;
import dev.fotabridge.station.bay.StartGate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AnswerWordsTest {
    static Stream<String> codes() {
        return Stream.concat(
                Arrays.stream(BayAnswer.values())
                        .filter(answer -> answer.status() != 0)
                        .map(BayAnswer::name),
                Arrays.stream(StartGate.Check.values()).map(StartGate.Check::name));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void eachAnswerIsASentence(String code) {
        assertNotEquals(code, AnswerWords.of(code));
    }
}
