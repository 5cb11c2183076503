package dev.brigade.rest.imagebatches;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.brigade.client.BatchAnswer;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Reply;
import org.jspecify.annotations.Nullable;

/** The last that a stream says of a batch. */
record EndView(
        String id, String status, @Nullable String modelId, @JsonUnwrapped SummaryView summary) {

    /** The end that a terminal with a summary tells. */
    static EndView of(Reply reply) {
        BatchSummary summary =
                BatchAnswer.summary(reply)
                        .orElseThrow(() -> new IllegalStateException("no summary"));
        return new EndView(
                reply.getRequestId(),
                BatchStatus.of(reply.getStatus()).word(),
                reply.getModel(),
                SummaryView.of(summary));
    }
}
