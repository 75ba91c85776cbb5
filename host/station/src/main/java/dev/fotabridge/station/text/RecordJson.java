package dev.fotabridge.station.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Records as JSON, on one line. Names as in Java, times in UTC with milliseconds, durations in seconds with at most three decimals,
 * null for what is not known.
 */
public final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RecordJson() {}

    /**
     * {@return a record, list or map as JSON}
     *
     * @param value of records, lists, maps with texts as keys, texts, numbers, booleans, enums, times and Optionals
     */
    public static String of(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        return text.toString();
    }

    /**
     * Writes a value where the generator stands.
     *
     * @param value as in {@link #of}
     */
    public static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Record record) {
            writeObject(generator, RecordFields.of(record));
        } else if (value instanceof Map<?, ?> map) {
            writeObject(generator, map);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object item : list) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else {
            writeScalar(generator, value);
        }
    }

    private static void writeObject(JsonGenerator generator, Map<?, ?> fields) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            generator.writeFieldName((String) field.getKey());
            write(generator, field.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeScalar(JsonGenerator generator, Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            generator.writeNumber(PlainValue.rounded(number));
        } else {
            generator.writeString(PlainValue.text(value));
        }
    }
}
