package dev.brigade.dispatcher.scheduling;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.brigade.dispatcher.request.Job;

/** What is stored of one job, under the model and the job id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "place")
@JsonSubTypes({
    @JsonSubTypes.Type(value = QueueEntry.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = QueueEntry.Out.class, name = "out")
})
public sealed interface QueueEntry {

    String jobId();

    /**
     * In the queue.
     *
     * @param sequence order of arrival
     */
    record Waiting(Job job, long enqueuedAtMs, long sequence) implements QueueEntry {
        @Override
        public String jobId() {
            return job.id();
        }
    }

    /** Out to the workers: only its place counts. */
    record Out(String jobId, long releasedAtMs) implements QueueEntry {}
}
