package dev.brigade.rest.batches;

import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code batch}; times in epoch seconds. */
record BatchJobView(
        String id,
        String object,
        String endpoint,
        @Nullable String model,
        @Nullable Errors errors,
        String inputFileId,
        String completionWindow,
        String status,
        @Nullable String outputFileId,
        @Nullable String errorFileId,
        long createdAt,
        @Nullable Long inProgressAt,
        @Nullable Long expiresAt,
        @Nullable Long finalizingAt,
        @Nullable Long completedAt,
        @Nullable Long failedAt,
        @Nullable Long expiredAt,
        @Nullable Long cancellingAt,
        @Nullable Long cancelledAt,
        Counts requestCounts,
        Map<String, String> metadata) {

    static BatchJobView of(BatchJob job, Optional<BatchJobCancel> wish) {
        String status = BatchState.name(job.getStatus(), wish.isPresent());
        Long cancellingAt =
                status.equals("cancelling")
                        ? wish.map(BatchJobCancel::getAt).orElse(null)
                        : job.getCancellingAt();
        return new BatchJobView(
                job.getId(),
                "batch",
                job.getEndpoint(),
                job.getModel(),
                Errors.of(job),
                job.getInputFileId(),
                job.getCompletionWindow(),
                status,
                job.getOutputFileId(),
                job.getErrorFileId(),
                TimeUnit.MILLISECONDS.toSeconds(job.getCreatedAt()),
                seconds(job.getInProgressAt()),
                seconds(job.getExpiresAt()),
                seconds(job.getFinalizingAt()),
                seconds(job.getCompletedAt()),
                seconds(job.getFailedAt()),
                seconds(job.getExpiredAt()),
                seconds(cancellingAt),
                seconds(job.getCancelledAt()),
                new Counts(job.getTotal(), job.getCompleted(), job.getFailed()),
                job.getMetadata());
    }

    private static @Nullable Long seconds(@Nullable Long millis) {
        return millis == null ? null : TimeUnit.MILLISECONDS.toSeconds(millis);
    }

    /** How many lines there are and have ended. */
    record Counts(int total, int completed, int failed) {}

    /** What is wrong with the input file. */
    record Errors(String object, List<Wrong> data) {

        static @Nullable Errors of(BatchJob job) {
            return job.getErrors().isEmpty()
                    ? null
                    : new Errors(
                            "list",
                            job.getErrors().stream()
                                    .map(error ->
                                            new Wrong(
                                                    error.getCode(),
                                                    error.getLine(),
                                                    error.getMessage(),
                                                    error.getParam()))
                                    .toList());
        }
    }

    /** One thing that is wrong. */
    record Wrong(String code, @Nullable Integer line, String message, @Nullable String param) {}
}
