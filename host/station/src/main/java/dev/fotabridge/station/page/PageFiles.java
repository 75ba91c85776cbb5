package dev.fotabridge.station.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files of the page, read once: one HTML file, one style sheet, one module, one file with all texts. */
public final class PageFiles {
    private static final String TEXTS = "texts.json";

    private final Map<String, PageFile> files;
    private final PageFile html;
    private final PageFile openApi;

    private PageFiles(String texts) throws IOException {
        html = PageFile.of("text/html; charset=utf-8", resource("index.html"));
        openApi = PageFile.of("application/yaml; charset=utf-8", resource("/dev/fotabridge/station/http/openapi.yaml"));
        files = Map.of(
                "station.css",
                PageFile.of("text/css; charset=utf-8", resource("station.css")),
                "station.js",
                PageFile.of("text/javascript; charset=utf-8", resource("station.js")),
                TEXTS,
                PageFile.of("application/json; charset=utf-8", texts));
    }

    /**
     * Reads the files.
     *
     * @param texts a file with texts in place of the English ones; empty for none
     * @throws IOException if that file cannot be used; the message is a sentence
     */
    public static PageFiles load(Optional<Path> texts) throws IOException {
        String english = resource(TEXTS);
        return new PageFiles(texts.isPresent() ? PageTexts.translated(english, texts.get()) : english);
    }

    /** {@return the HTML of all views} */
    public PageFile html() {
        return html;
    }

    /** {@return the description of the API} */
    public PageFile openApi() {
        return openApi;
    }

    /**
     * {@return a file of the page; empty if there is none of this name}
     *
     * @param name as in the HTML
     */
    public Optional<PageFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The program lacks its file " + name + ": it was built incompletely.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
