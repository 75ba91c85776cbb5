package dev.fotabridge.station.http;

import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.text.RecordCsv;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records by the API. Tested by StationServerIT. */
final class RecordRoutes {
    private static final int UNAVAILABLE = 503;
    private static final int EXPORTS_AT_ONCE = 2;
    /** Jetty takes some microseconds for each write, whatever its size. */
    private static final int EXPORT_BUFFER_BYTES = 131_072;

    private static final int LONGEST_FIELD = 128;
    private static final Set<String> PAGING = Set.of("search", "bay", "before", "limit");
    private static final Logger LOG = LoggerFactory.getLogger(RecordRoutes.class);

    private final StationControl control;
    private final Responses responses;
    private final Semaphore exports = new Semaphore(EXPORTS_AT_ONCE);

    RecordRoutes(StationControl control, Responses responses) {
        this.control = control;
        this.responses = responses;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get("/api/v1/records", this::page),
                ApiRoute.get("/api/v1/records.csv", this::csv),
                ApiRoute.engineer("/api/v1/records/{seq}/correct", this::correct));
    }

    private void page(Context context) {
        RecordQuery query = new QueryValues(context.queryParamMap(), PAGING).records();
        try {
            responses.json(context, control.records(query));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void csv(Context context) {
        if (!exports.tryAcquire()) {
            throw new ApiProblem(
                    UNAVAILABLE, "BUSY", EXPORTS_AT_ONCE + " exports run at once; try again when one has ended.");
        }
        try {
            context.contentType("text/csv; charset=utf-8; header=present");
            context.header("Content-Disposition", "attachment; filename=\"records.csv\"");
            OutputStream out = new BufferedOutputStream(context.res().getOutputStream(), EXPORT_BUFFER_BYTES);
            out.write(bytes(RecordCsv.header(StationRecord.class)));
            control.export(record -> out.write(bytes(RecordCsv.line(record))));
            out.flush();
        } catch (IOException e) {
            cut(context, e);
        } finally {
            exports.release();
        }
    }

    /** A file that ends early must not look like a whole one: the connection is closed without the end of the body. */
    private static void cut(Context context, IOException cause) {
        LOG.warn("An export ended early: {}", cause.getMessage());
        if (!context.res().isCommitted()) {
            context.res().resetBuffer();
            context.removeHeader("Content-Disposition");
            throw unreadable(cause);
        }
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private void correct(Context context) {
        JsonBody body = JsonBody.of(context.body(), Set.of("field", "value", "why", "who"));
        RecordCorrection correction = new RecordCorrection(
                seq(context.pathParam("seq")),
                body.text("field", LONGEST_FIELD),
                body.optionalText("value", RecordCorrection.LONGEST_VALUE).orElse(""),
                body.text("why", RecordCorrection.LONGEST_WHY),
                body.text("who", RecordCorrection.LONGEST_WHO));
        try {
            responses.answer(context, "correct", control.correct(correction));
        } catch (IOException e) {
            throw new ApiProblem(UNAVAILABLE, "NOT_STORED", "The correction is not stored: " + e.getMessage());
        }
    }

    private static long seq(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new ApiProblem(404, "NO_SUCH_RECORD", "There is no record '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    private static ApiProblem unreadable(IOException cause) {
        return new ApiProblem(UNAVAILABLE, "NOT_READABLE", "The records cannot be read: " + cause.getMessage());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
