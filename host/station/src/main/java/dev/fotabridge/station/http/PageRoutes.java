package dev.fotabridge.station.http;

import dev.fotabridge.station.page.PageFile;
import dev.fotabridge.station.page.PageFiles;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;

/** The page's files; each view of the page is the same HTML. Tested by StationServerIT. */
final class PageRoutes {
    private final PageFiles files;

    PageRoutes(PageFiles files) {
        this.files = files;
    }

    List<ApiRoute> all() {
        return Stream.concat(
                        Stream.of("/", "/bays/{bay}", "/records", "/login")
                                .map(path -> ApiRoute.get(path, context -> send(context, files.html()))),
                        Stream.of(
                                ApiRoute.get("/page/{file}", this::file),
                                ApiRoute.get("/api/v1/openapi.yaml", context -> send(context, files.openApi()))))
                .toList();
    }

    private void file(Context context) {
        String name = context.pathParam("file");
        send(
                context,
                files.find(name)
                        .orElseThrow(() -> new ApiProblem(404, "NOT_FOUND", "The page has no file '" + name + "'.")));
    }

    private static void send(Context context, PageFile file) {
        context.header("ETag", file.etag());
        // Asked for again at each load, so that a page is never older than its station.
        context.header("Cache-Control", "no-cache");
        if (file.etag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(file.contentType()).result(file.text());
        }
    }
}
