package dev.fotabridge.station.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page's texts: the English ones, and in their place those of a plant's own file, in the same form. */
final class PageTexts {
    /** Far more than a translation needs. */
    static final int LARGEST_FILE = 262_144;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private PageTexts() {}

    /**
     * Returns the texts with a translation.
     *
     * @param english all texts, as a JSON object
     * @param file texts in their place; those that it lacks stay English
     * @throws IOException if the file cannot be used; the message is a sentence
     */
    static String translated(String english, Path file) throws IOException {
        Map<String, String> texts = JSON.readValue(english, TEXTS);
        for (Map.Entry<String, String> text : read(file).entrySet()) {
            if (texts.replace(text.getKey(), text.getValue()) == null) {
                throw new IOException("The page has no text '" + text.getKey() + "', which " + file + " translates.");
            }
        }
        return JSON.writeValueAsString(texts);
    }

    private static Map<String, String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new IOException("The page's texts are no file of at most " + LARGEST_FILE + " bytes: " + file + ".");
        }
        try {
            return JSON.readValue(Files.readString(file), TEXTS);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "The page's texts in " + file + " are not an object of texts in JSON: " + e.getOriginalMessage()
                            + ".",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    "The page's texts cannot be read as UTF-8 from " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
