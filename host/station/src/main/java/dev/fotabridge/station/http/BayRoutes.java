package dev.fotabridge.station.http;

import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.StartRequest;
import dev.fotabridge.station.control.StationControl;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API answers about bays, and the commands for them. Tested by StationServerIT. */
final class BayRoutes {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_ID = 64;
    /** Of a two-dimensional code; the station's own rule says what a label is. */
    private static final int LONGEST_SCAN = 256;

    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    private final StationControl control;
    private final Responses responses;
    private final EventStream stream;

    BayRoutes(StationControl control, Responses responses, EventStream stream) {
        this.control = control;
        this.responses = responses;
        this.stream = stream;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get("/api/v1/bays", this::bays),
                ApiRoute.get("/api/v1/bays/{bay}", this::bay),
                ApiRoute.post("/api/v1/bays/{bay}/start", this::start),
                ApiRoute.post("/api/v1/bays/{bay}/abort", this::abort),
                ApiRoute.engineer("/api/v1/bays/{bay}/unlock", this::unlock),
                ApiRoute.post("/api/v1/scan", this::scan),
                ApiRoute.get("/api/v1/events", this::events));
    }

    private void bays(Context context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("station", control.station());
        answer.put("bays", control.bays());
        responses.json(context, answer);
    }

    private void bay(Context context) {
        BayView bay = require(context);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("bay", bay);
        answer.put("lines", control.lines(bay.bay()));
        responses.json(context, answer);
    }

    private void start(Context context) {
        int bay = require(context).bay();
        String key = context.header("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw new ApiProblem(
                    BAD_REQUEST,
                    "NO_KEY",
                    "A start needs a header Idempotency-Key of 1 to 64 printable characters, new for each start that is meant.");
        }
        Optional<String> after = JsonBody.of(context.body(), Set.of("after")).optionalText("after", LONGEST_ID);
        answer(context, "start", control.start(new StartRequest(bay, key, after, responses.isEngineer(context))));
    }

    private void abort(Context context) {
        int bay = require(context).bay();
        String run = JsonBody.of(context.body(), Set.of("runId"))
                .optionalText("runId", LONGEST_ID)
                .orElse("");
        answer(context, "abort", control.abort(bay, run));
    }

    private void unlock(Context context) {
        answer(context, "unlock", control.unlock(require(context).bay()));
    }

    private void scan(Context context) {
        JsonBody body = JsonBody.of(context.body(), Set.of("text", "bay"));
        answer(context, "scan", control.scan(body.text("text", LONGEST_SCAN), body.optionalNumber("bay")));
    }

    private void events(Context context) throws Exception {
        Optional<Integer> bay = new QueryValues(context.queryParamMap(), Set.of("bay")).bay();
        bay.ifPresent(number -> require(Integer.toString(number)));
        stream.serve(context, bay);
    }

    private void answer(Context context, String command, CommandAnswer answer) {
        responses.answer(context, command, answer);
    }

    private BayView require(Context context) {
        return require(context.pathParam("bay"));
    }

    private BayView require(String number) {
        return control.bays().stream()
                .filter(bay -> Integer.toString(bay.bay()).equals(number))
                .findAny()
                .orElseThrow(() -> new ApiProblem(404, "NO_SUCH_BAY", "The station has no bay '" + number + "'."));
    }
}
