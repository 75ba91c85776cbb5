package dev.fotabridge.station.http;

import dev.fotabridge.station.control.CommandAnswer;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engineer logs in and out. The token travels in the body alone, never in a URL. Tested by StationServerIT. */
final class LoginRoutes {
    private static final int LONGEST_TOKEN = 256;

    private final EngineerSessions sessions;
    private final Responses responses;

    LoginRoutes(EngineerSessions sessions, Responses responses) {
        this.sessions = sessions;
        this.responses = responses;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.post("/login", this::logIn),
                ApiRoute.post("/logout", this::logOut),
                ApiRoute.get("/api/v1/session", this::session));
    }

    private void logIn(Context context) {
        String token = JsonBody.of(context.body(), Set.of("token")).text("token", LONGEST_TOKEN);
        if (!sessions.isOffered()) {
            throw Responses.noEngineers();
        }
        Optional<String> session = sessions.isThrottled() ? Optional.empty() : sessions.logIn(token);
        if (session.isPresent()) {
            context.cookie(cookie(context, session.get(), (int) EngineerSessions.LIFE_SECONDS));
            responses.answer(context, "login", CommandAnswer.of(200, "LOGGED_IN", "You are logged in as an engineer."));
        } else if (sessions.isThrottled()) {
            throw new ApiProblem(429, "TOO_MANY_TRIES", "Too many wrong tokens; wait a minute.");
        } else {
            throw new ApiProblem(401, "WRONG_TOKEN", "This is not the token of station.yaml.");
        }
    }

    private void logOut(Context context) {
        sessions.logOut(responses.session(context));
        context.cookie(cookie(context, "", 0));
        responses.answer(context, "logout", CommandAnswer.of(200, "LOGGED_OUT", "You are logged out."));
    }

    private void session(Context context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("engineer", responses.isEngineer(context));
        answer.put("engineerOffered", sessions.isOffered());
        responses.json(context, answer);
    }

    private Cookie cookie(Context context, String value, int seconds) {
        boolean isBehindTls = "https".equals(context.header("X-Forwarded-Proto"));
        return new Cookie(responses.cookieName(context), value, "/", seconds, isBehindTls, true, null, SameSite.STRICT);
    }
}
