package dev.brigade.standalone.saga;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * The dead letters of compensations, and whether each was answered since. Dead letters are kept
 * longer than the events that hold the answers.
 */
final class ParkedLetters {

    /** How long the catalogue keeps events. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(1);

    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(1);
    private static final byte[] PARKED =
            ErrorCode.COMPENSATION_FAILED.wireName().getBytes(StandardCharsets.UTF_8);

    private ParkedLetters() {}

    /**
     * Oldest first; of a compensation that was parked twice the newer letter.
     *
     * @param since when the oldest may have been parked; empty is any time
     */
    static List<ParkedLetter> read(LogReader reader, Optional<Instant> since) {
        Map<String, LogReader.Found> letters = new LinkedHashMap<>();
        reader.read(
                reader.partitions(Topics.DEAD_LETTERS),
                since.map(time -> time.minus(CLOCK_ALLOWANCE)),
                ParkedLetters::isParked,
                found -> keep(letters, found));
        Map<String, Instant> answers = answers(reader, letters.values().stream().toList());
        Instant now = Instant.now();
        return letters.entrySet().stream()
                .map(letter ->
                        letter(
                                letter.getValue(),
                                Optional.ofNullable(answers.get(letter.getKey())),
                                now))
                .toList();
    }

    private static void keep(Map<String, LogReader.Found> letters, LogReader.Found found) {
        if (found.entry().value().orElse(null) instanceof Compensation compensation) {
            letters.remove(compensation.getCompensationId());
            letters.put(compensation.getCompensationId(), found);
        }
    }

    private static boolean isParked(ConsumerRecord<byte[], byte[]> record) {
        Header reason = record.headers().lastHeader(HeaderNames.REASON);
        return reason != null && Arrays.equals(reason.value(), PARKED);
    }

    /** When each compensation was carried out, as far as events are kept. */
    private static Map<String, Instant> answers(LogReader reader, List<LogReader.Found> letters) {
        Map<String, Instant> answers = new HashMap<>();
        if (letters.isEmpty()) {
            return answers;
        }
        Set<Integer> homes =
                letters.stream()
                        .map(found -> compensation(found).getHomePartition())
                        .collect(Collectors.toSet());
        Set<String> requests =
                letters.stream()
                        .map(found -> compensation(found).getRequestId())
                        .collect(Collectors.toSet());
        // An answer may have come before the letter: too late, yet before its deadline was noticed.
        long oldest = letters.stream().mapToLong(f -> compensation(f).getAt()).min().orElse(0);
        List<TopicPartition> partitions = new ArrayList<>(reader.partitions(Topics.EVENTS));
        partitions.removeIf(p -> !homes.contains(p.partition()));
        if (partitions.isEmpty()) {
            return answers;
        }
        reader.read(
                partitions,
                Optional.of(Instant.ofEpochMilli(oldest).minus(CLOCK_ALLOWANCE)),
                record ->
                        record.key() != null
                                && requests.contains(
                                        new String(record.key(), StandardCharsets.UTF_8)),
                found -> note(answers, found.entry()));
        return answers;
    }

    private static void note(Map<String, Instant> answers, LogEntry entry) {
        if (entry.value().orElse(null) instanceof InferenceEvent event
                && event.getEvent() instanceof CompensationAnswered answer
                && answer.getSucceeded()) {
            answers.putIfAbsent(
                    answer.getCompensationId(), Instant.ofEpochMilli(entry.timestampMs()));
        }
    }

    private static ParkedLetter letter(
            LogReader.Found found, Optional<Instant> answeredAt, Instant now) {
        Compensation compensation = compensation(found);
        Instant parkedAt = Instant.ofEpochMilli(found.entry().timestampMs());
        return new ParkedLetter(
                compensation.getCompensationId(),
                compensation.getRequestId(),
                compensation.getStage(),
                found.entry().header(HeaderNames.DLT_ORIGINAL_TOPIC).orElse(""),
                compensation.getAttempt(),
                compensation.getReason(),
                parkedAt,
                answeredAt,
                parkedAt.isAfter(now.minus(EVENTS_KEPT)),
                found.raw());
    }

    private static Compensation compensation(LogReader.Found found) {
        return (Compensation) found.entry().value().orElseThrow();
    }
}
