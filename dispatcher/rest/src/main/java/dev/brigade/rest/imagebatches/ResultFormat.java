package dev.brigade.rest.imagebatches;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Json;
import dev.brigade.schema.ImageResult;

/** How results stand in a file. */
enum ResultFormat {
    /** A JSON object a line. */
    JSONL("application/jsonl", "") {
        @Override
        String line(ImageResult result) {
            return Json.text(ImageResultView.of(result)) + "\n";
        }
    },
    /** A header and a row a line, as in RFC 4180. */
    CSV("text/csv; charset=utf-8; header=present", CsvRow.HEADER) {
        @Override
        String line(ImageResult result) {
            return CsvRow.of(ImageResultView.of(result));
        }
    };

    private final String mediaType;
    private final String header;

    ResultFormat(String mediaType, String header) {
        this.mediaType = mediaType;
        this.header = header;
    }

    /** The format with this name. */
    static ResultFormat of(String name) {
        return switch (name) {
            case "jsonl" -> JSONL;
            case "csv" -> CSV;
            default ->
                    throw new ApiException(
                            ApiError.invalid("format", "format must be one of csv, jsonl"));
        };
    }

    /** What stands before the first line. */
    String header() {
        return header;
    }

    String mediaType() {
        return mediaType;
    }

    /** End of a file's name. */
    String extension() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** One result, with its line end. */
    abstract String line(ImageResult result);
}
