package dev.brigade.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what plain YAML can hold as JSON. */
final class JsonText {

    private JsonText() {}

    static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> mapping(map, out);
            case List<?> list -> list(list, out);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> quoted(value.toString(), out);
        }
    }

    private static void mapping(Map<?, ?> map, StringBuilder out) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            quoted(String.valueOf(entry.getKey()), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void list(List<?> list, StringBuilder out) {
        String separator = "[";
        for (Object item : list) {
            out.append(separator);
            write(item, out);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        text.chars()
                .forEach(unit -> {
                    switch (unit) {
                        case '"', '\\' -> out.append('\\').append((char) unit);
                        default -> {
                            if (unit < ' ') {
                                out.append("\\u%04x".formatted(unit));
                            } else {
                                out.append((char) unit);
                            }
                        }
                    }
                });
        out.append('"');
    }
}
