package dev.brigade.rest.batches;

import dev.brigade.contract.request.RequestId;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.files.FileShelf;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.StoredFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the body that makes a batch. */
final class BatchJobForm {

    private static final String WINDOW = "24h";
    private static final Duration TIME = Duration.ofHours(24);
    private static final int MOST_PAIRS = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private BatchJobForm() {}

    static BatchJob read(JsonFields body, List<String> urls, FileShelf shelf, long now) {
        String endpoint = body.required("endpoint").string();
        if (!urls.contains(endpoint)) {
            throw invalid("endpoint", "must be one of " + String.join(", ", urls));
        }
        if (!body.required("completion_window").string().equals(WINDOW)) {
            throw invalid("completion_window", "must be " + WINDOW);
        }
        Map<String, String> metadata = metadata(body);
        String fileId = body.required("input_file_id").string();
        body.refuseOthers();
        StoredFile input = shelf.get(fileId);
        if (!input.getPurpose().equals("batch")) {
            throw invalid("input_file_id", "must name a file whose purpose is batch");
        }
        return BatchJob.newBuilder()
                .setId("batch_" + RequestId.create(now, 0).replace("-", ""))
                .setStatus(BatchJobStatus.VALIDATING)
                .setEndpoint(endpoint)
                .setInputFileId(fileId)
                .setInput(input.getPayload())
                .setCompletionWindow(WINDOW)
                .setMetadata(metadata)
                .setCreatedAt(now)
                .setExpiresAt(now + TIME.toMillis())
                .build();
    }

    private static Map<String, String> metadata(JsonFields body) {
        Map<String, String> metadata = new HashMap<>();
        body.object("metadata")
                .ifPresent(fields ->
                        fields.all().forEach((key, value) -> metadata.put(key, value.string())));
        boolean fits =
                metadata.size() <= MOST_PAIRS
                        && metadata.entrySet().stream()
                                .allMatch(pair ->
                                        pair.getKey().length() <= LONGEST_KEY
                                                && pair.getValue().length() <= LONGEST_VALUE);
        if (!fits) {
            throw invalid(
                    "metadata",
                    "must have at most %d pairs, keys of %d and values of %d characters"
                            .formatted(MOST_PAIRS, LONGEST_KEY, LONGEST_VALUE));
        }
        return metadata;
    }

    private static ApiException invalid(String param, String rule) {
        return new ApiException(ApiError.invalid(param, param + " " + rule));
    }
}
