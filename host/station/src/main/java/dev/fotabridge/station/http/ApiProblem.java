package dev.fotabridge.station.http;

import dev.fotabridge.station.control.CommandAnswer;

/** A request is refused, with the answer that its sender gets. */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient CommandAnswer answer;

    ApiProblem(CommandAnswer answer) {
        // Refusals are normal: no stack trace.
        super(answer.message(), null, false, false);
        this.answer = answer;
    }

    ApiProblem(int status, String code, String message) {
        this(CommandAnswer.of(status, code, message));
    }

    CommandAnswer answer() {
        return answer;
    }
}
