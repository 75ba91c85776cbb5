package dev.fotabridge.station.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The components of a record as named values, in their order: a component that is added is in JSON and CSV at once. {@code isFinal}
 * is named {@code final}; what is not known (an empty text, an empty Optional) is null.
 */
public final class RecordFields {
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents());
        }
    };

    private RecordFields() {}

    /**
     * {@return the names of a record's fields}
     *
     * @param type a record
     */
    public static List<String> names(Class<? extends Record> type) {
        return COMPONENTS.get(type).stream().map(RecordFields::name).toList();
    }

    /**
     * {@return the fields of a record}
     *
     * @param record of a public type
     */
    public static Map<String, Object> of(Record record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : COMPONENTS.get(record.getClass())) {
            fields.put(name(component), known(value(component, record)));
        }
        return Collections.unmodifiableMap(fields);
    }

    /** {@return the values of a record's fields, in the order of {@link #names}; null for what is not known} */
    static List<Object> values(Record record) {
        List<RecordComponent> components = COMPONENTS.get(record.getClass());
        List<Object> values = new ArrayList<>(components.size());
        for (RecordComponent component : components) {
            values.add(known(value(component, record)));
        }
        return values;
    }

    /** {@return the name of a component: {@code isFinal} is {@code final}} */
    static String name(RecordComponent component) {
        String name = component.getName();
        boolean asks = name.startsWith("is") && name.length() > 2 && Character.isUpperCase(name.charAt(2));
        return asks ? Character.toLowerCase(name.charAt(2)) + name.substring(3) : name;
    }

    private static Object known(Object value) {
        if (value instanceof Optional<?> optional) {
            return known(optional.orElse(null));
        }
        return "".equals(value) ? null : value;
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "not a public record: " + record.getClass().getName(), e);
        }
    }
}
