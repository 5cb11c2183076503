package dev.brigade.standalone.saga;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Puts the records of one request together: the same records give the same story. Events of a stage
 * come in the order of the log, since all are on one partition; other records in any.
 */
final class SagaStory {

    private final String requestId;
    private final List<LogEntry> entries;
    private final boolean withText;
    private final long arrivedAtMs;

    private SagaStory(String requestId, List<LogEntry> entries, boolean withText) {
        this.requestId = requestId;
        this.entries = entries;
        this.withText = withText;
        this.arrivedAtMs = arrivedAtMs();
    }

    /**
     * The story of a request.
     *
     * @param entries its records: requests, events, terminals, compensations and dead letters
     * @param withText whether prompts and answers are told
     * @return empty when there is no record
     */
    static Optional<Saga> tell(String requestId, List<LogEntry> entries, boolean withText) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new SagaStory(requestId, entries, withText).saga());
    }

    private Saga saga() {
        List<Reply> replies = of(Reply.class, entry -> true).map(Found::value).toList();
        return new Saga(
                requestId,
                Instant.ofEpochMilli(arrivedAtMs),
                request().map(found -> RequestStory.of(found.entry(), found.value(), withText)),
                cancelAsked(),
                stages(replies),
                replies.stream()
                        .flatMap(reply -> Stream.ofNullable(reply.getOrchestration()))
                        .findFirst()
                        .map(report -> TerminalStory.report(report, withText)),
                replies.stream()
                        .map(reply -> TerminalStory.of(reply, arrivedAtMs, withText))
                        .toList(),
                compensations(),
                deadLetters());
    }

    private List<Saga.Stage> stages(List<Reply> replies) {
        StageStories stories = new StageStories(arrivedAtMs, withText);
        // First, since the report has the order of the plan.
        replies.stream()
                .flatMap(reply -> Stream.ofNullable(reply.getOrchestration()))
                .flatMap(report -> report.getStages().stream())
                .forEach(stories::take);
        of(InferenceEvent.class, entry -> true).forEach(found -> stories.take(found.value()));
        return stories.told();
    }

    private List<Saga.Undo> compensations() {
        UndoStories stories = new UndoStories(arrivedAtMs);
        of(Compensation.class, entry -> true)
                .forEach(found -> stories.take(found.entry(), found.value()));
        of(InferenceEvent.class, entry -> true).forEach(found -> stories.take(found.value()));
        return stories.told();
    }

    private List<Saga.DeadLetter> deadLetters() {
        return entries.stream()
                .filter(entry -> entry.topic().equals(Topics.DEAD_LETTERS))
                .filter(entry -> !(entry.value().orElse(null) instanceof Compensation))
                .map(entry ->
                        new Saga.DeadLetter(
                                entry.timestampMs() - arrivedAtMs,
                                entry.header(HeaderNames.REASON).orElse("unknown"),
                                entry.header(HeaderNames.DLT_ORIGINAL_TOPIC)))
                .toList();
    }

    private Optional<Found<InferenceRequest>> request() {
        return of(InferenceRequest.class, SagaStory::isRequest).findFirst();
    }

    private OptionalLong cancelAsked() {
        return of(CancelRequest.class, SagaStory::isRequest)
                .mapToLong(found -> found.entry().timestampMs() - arrivedAtMs)
                .findFirst();
    }

    private long arrivedAtMs() {
        List<Long> times = new ArrayList<>();
        request().ifPresent(found -> times.add(found.entry().timestampMs()));
        if (times.isEmpty()) {
            of(Reply.class, entry -> true)
                    .forEach(found -> times.add(found.value().getReceivedAt()));
        }
        LongStream known =
                times.isEmpty()
                        ? entries.stream().mapToLong(LogEntry::timestampMs)
                        : times.stream().mapToLong(time -> time);
        return known.min().orElse(0);
    }

    private static boolean isRequest(LogEntry entry) {
        return Topics.REQUESTS_PATTERN.matcher(entry.topic()).matches();
    }

    private <T extends SpecificRecord> Stream<Found<T>> of(
            Class<T> kind, Predicate<LogEntry> where) {
        return entries.stream()
                .filter(where)
                .flatMap(entry ->
                        entry.value().filter(kind::isInstance).stream()
                                .map(value -> new Found<>(entry, kind.cast(value))));
    }

    private record Found<T>(LogEntry entry, T value) {}
}
