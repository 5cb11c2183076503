package dev.brigade.rest.imagebatches;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchState;
import dev.brigade.client.RequestState;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch as clients see it.
 *
 * @param status {@code queued}, {@code running}, {@code completed}, {@code failed}, {@code
 *     cancelled} or {@code expired}
 * @param created when it was accepted, epoch seconds
 * @param finished when it ended, epoch seconds
 * @param progress how far it is, where that is known
 * @param summary how its images ended, once it has ended
 * @param error why it did not complete
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchView(
        String id,
        String object,
        String status,
        @Nullable String modelId,
        long created,
        @Nullable Long finished,
        @Nullable ProgressView progress,
        @Nullable SummaryView summary,
        ErrorBody.@Nullable Detail error,
        Map<String, String> metadata,
        @JsonUnwrapped BatchUrls urls) {

    static final String OBJECT = "image.batch";

    static BatchView of(String id, BatchState state) {
        return switch (state.request()) {
            case RequestState.Open open -> open(id, open, state);
            case RequestState.Ended ended -> ended(id, ended.reply());
        };
    }

    private static BatchView open(String id, RequestState.Open open, BatchState state) {
        return new BatchView(
                id,
                OBJECT,
                BatchStatus.of(state).word(),
                open.request().getModel(),
                open.acceptedAt().getEpochSecond(),
                null,
                state.progress().map(ProgressView::of).orElse(null),
                null,
                null,
                open.request().getMetadata(),
                BatchUrls.of(id));
    }

    private static BatchView ended(String id, Reply reply) {
        Optional<BatchSummary> summary = BatchAnswer.summary(reply);
        ReplyError error = reply.getError();
        return new BatchView(
                id,
                OBJECT,
                BatchStatus.of(reply.getStatus()).word(),
                reply.getModel(),
                seconds(reply.getReceivedAt()),
                seconds(reply.getFinishedAt()),
                summary.map(ProgressView::of).orElse(null),
                summary.map(SummaryView::of).orElse(null),
                error == null ? null : ErrorBody.detail(error),
                reply.getMetadata(),
                BatchUrls.of(id));
    }

    private static long seconds(long epochMs) {
        return Instant.ofEpochMilli(epochMs).getEpochSecond();
    }
}
