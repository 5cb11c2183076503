package dev.brigade.rest.files;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The text fields of an upload.
 *
 * @param kept how long, where that is said
 */
record UploadFields(String purpose, Optional<Duration> kept) {

    static final Set<String> TEXTS = Set.of("purpose");
    static final Set<String> FILES = Set.of("file");

    private static final Set<String> PURPOSES =
            Set.of("assistants", "batch", "evals", "fine-tune", "user_data", "vision");
    private static final String EXPIRES_AFTER = "expires_after";
    private static final String ANCHOR = "expires_after[anchor]";
    private static final String SECONDS = "expires_after[seconds]";
    private static final long SHORTEST = Duration.ofHours(1).toSeconds();
    private static final long LONGEST = Duration.ofDays(30).toSeconds();

    static UploadFields read(JsonFields form) {
        String purpose = form.required("purpose").string();
        if (!PURPOSES.contains(purpose)) {
            throw new ApiException(
                    ApiError.invalid(
                            "purpose",
                            "purpose must be one of "
                                    + String.join(", ", PURPOSES.stream().sorted().toList())));
        }
        Optional<JsonFields> object = form.object(EXPIRES_AFTER);
        Optional<String> anchor =
                object.flatMap(fields -> fields.string("anchor")).or(() -> form.string(ANCHOR));
        Optional<Long> seconds =
                object.flatMap(fields -> fields.longInteger("seconds"))
                        .or(() -> form.longInteger(SECONDS));
        object.ifPresent(JsonFields::refuseOthers);
        form.refuseOthers();
        return new UploadFields(purpose, kept(anchor, seconds));
    }

    private static Optional<Duration> kept(Optional<String> anchor, Optional<Long> seconds) {
        if (anchor.isEmpty() && seconds.isEmpty()) {
            return Optional.empty();
        }
        if (!anchor.equals(Optional.of("created_at"))) {
            throw new ApiException(
                    ApiError.invalid(ANCHOR, "expires_after.anchor must be created_at"));
        }
        long given = seconds.orElse(0L);
        if (given < SHORTEST || given > LONGEST) {
            throw new ApiException(
                    ApiError.invalid(
                            SECONDS,
                            "expires_after.seconds must be an integer from %d to %d"
                                    .formatted(SHORTEST, LONGEST)));
        }
        return Optional.of(Duration.ofSeconds(given));
    }
}
