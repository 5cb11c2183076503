package dev.brigade.rest.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.Answer;
import dev.brigade.client.RequestState;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.generation.OrchestrationView;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as clients see it.
 *
 * @param status {@code in_progress}, or how it ended: {@code completed}, {@code failed}, {@code
 *     rejected}, {@code cancelled} or {@code expired}
 * @param created when it was accepted, epoch seconds
 * @param finished when it ended, epoch seconds
 * @param response the answer: that of text in the form of a chat, others in the form of their own
 *     call
 * @param error why there is no answer
 * @param orchestration how it came to nothing, where stages had worked on it
 * @param originalRequestId the earlier request with the same idempotency key
 */
record RequestView(
        String id,
        String object,
        String status,
        @Nullable String model,
        long created,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long finished,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object response,
        @JsonInclude(JsonInclude.Include.NON_NULL) ErrorBody.@Nullable Detail error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OrchestrationView orchestration,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String originalRequestId,
        Map<String, String> metadata) {

    static final String OBJECT = "inference.request";

    /**
     * The view of a request.
     *
     * @param form gives an answer the form that clients know
     */
    static RequestView of(String id, RequestState state, Function<Answer, Object> form) {
        return switch (state) {
            case RequestState.Open open -> inProgress(id, open);
            case RequestState.Ended ended -> ended(ended.reply(), form);
        };
    }

    private static RequestView inProgress(String id, RequestState.Open open) {
        return new RequestView(
                id,
                OBJECT,
                "in_progress",
                open.request().getModel(),
                open.acceptedAt().getEpochSecond(),
                null,
                null,
                null,
                null,
                null,
                open.request().getMetadata());
    }

    private static RequestView ended(Reply reply, Function<Answer, Object> form) {
        boolean completed = reply.getStatus() == ReplyStatus.COMPLETED;
        ReplyError error = reply.getError();
        return new RequestView(
                reply.getRequestId(),
                OBJECT,
                status(reply),
                reply.getModel(),
                seconds(reply.getReceivedAt()),
                seconds(reply.getFinishedAt()),
                completed ? form.apply(Answer.of(reply)) : null,
                error == null ? null : ErrorBody.detail(error),
                completed ? null : OrchestrationView.of(reply),
                reply.getOriginalRequestId(),
                reply.getMetadata());
    }

    /** How a request has ended. */
    static String status(Reply reply) {
        return reply.getStatus().name().toLowerCase(Locale.ROOT);
    }

    private static long seconds(long epochMs) {
        return Instant.ofEpochMilli(epochMs).getEpochSecond();
    }
}
