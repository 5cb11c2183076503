package dev.brigade.standalone.saga;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests of the log. Terminals are read from the oldest of those requests on, so that
 * one that has ended never looks open.
 */
final class RecentSagas {

    /** Requests that are read of each partition. */
    static final int WINDOW = 5_000;

    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(1);

    private final LogReader reader;
    private final Map<String, Request> requests = new HashMap<>();
    private final Map<String, Ending> endings = new HashMap<>();
    private final Set<String> replyTopics = new TreeSet<>(Set.of(Topics.REPLIES));

    private RecentSagas(LogReader reader) {
        this.reader = reader;
    }

    /** Newest first. */
    static List<SagaRow> read(LogReader reader) {
        return new RecentSagas(reader).rows();
    }

    private List<SagaRow> rows() {
        reader.readNewest(requestPartitions(), WINDOW, this::takeRequest);
        if (requests.isEmpty()) {
            return List.of();
        }
        Instant oldest =
                requests.values().stream().map(Request::arrivedAt).min(Instant::compareTo).get();
        reader.read(
                replyTopics.stream().flatMap(t -> reader.partitions(t).stream()).toList(),
                Optional.of(oldest.minus(CLOCK_ALLOWANCE)),
                record -> true,
                this::takeReply);
        Map<String, List<String>> parked =
                ParkedLetters.read(reader, Optional.of(oldest)).stream()
                        .filter(ParkedLetter::isOpen)
                        .collect(
                                Collectors.groupingBy(
                                        ParkedLetter::requestId,
                                        Collectors.mapping(
                                                ParkedLetter::stage, Collectors.toList())));
        return requests.values().stream()
                .sorted(Comparator.comparing(Request::arrivedAt).reversed())
                .map(request ->
                        row(
                                request,
                                endings.get(request.id()),
                                parked.getOrDefault(request.id(), List.of())))
                .toList();
    }

    private List<TopicPartition> requestPartitions() {
        return reader.topics().stream()
                .filter(topic -> Topics.REQUESTS_PATTERN.matcher(topic).matches())
                .flatMap(topic -> reader.partitions(topic).stream())
                .toList();
    }

    private void takeRequest(LogReader.Found found) {
        if (found.raw().key() == null
                || !(found.entry().value().orElse(null) instanceof InferenceRequest request)) {
            return;
        }
        found.entry().header(HeaderNames.REPLY_TOPIC).ifPresent(replyTopics::add);
        String id = new String(found.raw().key(), StandardCharsets.UTF_8);
        requests.putIfAbsent(
                id,
                new Request(
                        id,
                        Instant.ofEpochMilli(found.entry().timestampMs()),
                        Optional.ofNullable(request.getOrchestrationMode()),
                        Optional.ofNullable(request.getPreset()),
                        Words.lower(request.getPriority()),
                        request.getTenant()));
    }

    private void takeReply(LogReader.Found found) {
        if (found.entry().value().orElse(null) instanceof Reply reply
                && requests.containsKey(reply.getRequestId())) {
            Optional<OrchestrationReport> report = Optional.ofNullable(reply.getOrchestration());
            endings.putIfAbsent(
                    reply.getRequestId(),
                    new Ending(
                            Words.lower(reply.getStatus()),
                            Optional.ofNullable(reply.getError()).map(ReplyError::getCode),
                            Instant.ofEpochMilli(reply.getFinishedAt()),
                            Words.tokens(reply.getUsage()),
                            report.map(OrchestrationReport::getMode),
                            report.map(OrchestrationReport::getPreset)));
        }
    }

    private static SagaRow row(Request request, @Nullable Ending ending, List<String> parked) {
        Optional<Ending> ended = Optional.ofNullable(ending);
        return new SagaRow(
                request.id(),
                request.arrivedAt(),
                ended.flatMap(Ending::mode).or(request::mode),
                ended.flatMap(Ending::preset).or(request::preset),
                request.priority(),
                request.tenant(),
                ended.map(Ending::status).orElse(SagaRow.OPEN),
                ended.flatMap(Ending::code),
                ended.map(e -> Duration.between(request.arrivedAt(), e.at()).toMillis())
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                ended.flatMap(Ending::tokens),
                parked);
    }

    private record Request(
            String id,
            Instant arrivedAt,
            Optional<String> mode,
            Optional<String> preset,
            String priority,
            String tenant) {}

    private record Ending(
            String status,
            Optional<String> code,
            Instant at,
            Optional<Saga.Tokens> tokens,
            Optional<String> mode,
            Optional<String> preset) {}
}
