package dev.fotabridge.station.http;

import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.text.RecordJson;
import io.javalin.http.Context;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every route answers, and who asks. Tested by StationServerIT. */
final class Responses {
    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

    private final EngineerSessions sessions;

    Responses(EngineerSessions sessions) {
        this.sessions = sessions;
    }

    void json(Context context, Object value) {
        context.contentType("application/json").result(RecordJson.of(value));
    }

    /** Answers a command, and notes it in the log: who asked for what is asked for later. */
    void answer(Context context, String command, CommandAnswer answer) {
        LOG.info(
                "{} by {} {}: {} {}",
                command,
                isEngineer(context) ? "engineer" : "operator",
                context.path(),
                answer.status(),
                answer.code());
        show(context, answer);
    }

    void show(Context context, CommandAnswer answer) {
        context.status(answer.status());
        json(context, answer);
    }

    boolean isEngineer(Context context) {
        return sessions.isEngineer(session(context));
    }

    /** Throws if this is not an engineer. */
    void requireEngineer(Context context) {
        if (!sessions.isOffered()) {
            throw noEngineers();
        } else if (!isEngineer(context)) {
            throw new ApiProblem(401, "LOGIN_NEEDED", "Only an engineer may do this: log in at /login.");
        }
    }

    static ApiProblem noEngineers() {
        return new ApiProblem(
                403,
                "NO_TOKEN",
                "Engineers' actions are off: station.yaml has no `token`. Add one and start the station again.");
    }

    /** {@return the session's id of the request; empty if it has none} */
    String session(Context context) {
        return Optional.ofNullable(context.cookie(cookieName(context))).orElse("");
    }

    /** A browser keeps one set of cookies for all ports of a computer, on which several stations may run. */
    String cookieName(Context context) {
        return "station-" + context.req().getLocalPort();
    }
}
