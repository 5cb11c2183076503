package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.ResponseFormat;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.schema.ResponseFormatType;
import java.util.Optional;

/** Turns the core's jobs into the contract's and back. */
public final class Jobs {

    private Jobs() {}

    /**
     * The contract's job.
     *
     * @param budgetMs time left when it is let out; 0 while it waits
     */
    public static dev.brigade.schema.Job write(Job job, long budgetMs) {
        return new dev.brigade.schema.Job(
                job.id(),
                job.requestId(),
                job.stage(),
                job.dispatch(),
                job.model(),
                job.tenant(),
                dev.brigade.schema.Priority.valueOf(job.priority().name()),
                Inputs.write(job.input()),
                sampling(job.sampling()),
                job.deadlineAtMs(),
                budgetMs,
                job.homePartition(),
                job.replyPartition(),
                job.stream(),
                job.traceparent().orElse(null),
                job.isFinal(),
                job.pin(),
                Nullables.orNull(job.sagaTokens()));
    }

    /** The core's job. */
    public static Job read(dev.brigade.schema.Job record) {
        return new Job(
                record.getJobId(),
                record.getRequestId(),
                record.getStage(),
                record.getDispatch(),
                record.getModel(),
                record.getTenant(),
                Priority.valueOf(record.getPriority().name()),
                Inputs.read(record.getInput())
                        .orElseThrow(() -> new IllegalArgumentException("a job without input")),
                Requests.sampling(record.getSampling()),
                record.getDeadlineAt(),
                record.getHomePartition(),
                record.getReplyPartition(),
                record.getStream(),
                Optional.ofNullable(record.getTraceparent()),
                record.getIsFinal(),
                record.getPin(),
                Nullables.intOf(record.getSagaTokens()));
    }

    private static dev.brigade.schema.Sampling sampling(Sampling sampling) {
        return new dev.brigade.schema.Sampling(
                Nullables.orNull(sampling.temperature()),
                Nullables.orNull(sampling.topP()),
                Nullables.orNull(sampling.topK()),
                Nullables.orNull(sampling.minP()),
                Nullables.orNull(sampling.maxTokens()),
                sampling.stop(),
                Nullables.orNull(sampling.seed()),
                Nullables.orNull(sampling.presencePenalty()),
                Nullables.orNull(sampling.frequencyPenalty()),
                Nullables.orNull(sampling.repeatPenalty()),
                responseFormat(sampling.responseFormat()));
    }

    private static dev.brigade.schema.ResponseFormat responseFormat(ResponseFormat format) {
        return new dev.brigade.schema.ResponseFormat(
                ResponseFormatType.valueOf(format.kind().name()), format.schema().orElse(null));
    }
}
