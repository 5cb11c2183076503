package dev.brigade.rest.imagebatches;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A result as a row of CSV by RFC 4180. Texts come from file names and from models, and
 * spreadsheets would run some as formulas: one that begins with {@code = + - @}, a tab or a
 * carriage return gets an apostrophe in front, by which spreadsheets know a text.
 */
final class CsvRow {

    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    /** Names of the columns. */
    static final String HEADER =
            "index,image_path,classification,confidence,error_code,error_message,raw_response"
                    + LINE_END;

    private CsvRow() {}

    static String of(ImageResultView result) {
        return Stream.of(
                                Integer.toString(result.index()),
                                text(result.imagePath()),
                                text(result.classification()),
                                result.confidence() == null ? "" : result.confidence().toString(),
                                text(result.error() == null ? null : result.error().code()),
                                text(result.error() == null ? null : result.error().message()),
                                text(result.rawResponse()))
                        .collect(Collectors.joining(","))
                + LINE_END;
    }

    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        boolean formula = FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        boolean quoted = safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
