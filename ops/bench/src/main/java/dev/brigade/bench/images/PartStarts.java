package dev.brigade.bench.images;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How often workers began parts of a batch, from the log of events.
 *
 * @param parts different parts
 * @param starts attempts at them
 */
record PartStarts(int parts, int starts) {

    static PartStarts of(String bootstrapServers, String requestId) {
        AvroWire wire = new AvroWire(SchemaRegistry.of(Optional.empty()));
        Set<String> parts = new HashSet<>();
        int starts = 0;
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.EVENTS).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    Optional<String> part = startedPart(wire, record, requestId);
                    starts += part.isPresent() ? 1 : 0;
                    part.ifPresent(parts::add);
                }
            }
        }
        return new PartStarts(parts.size(), starts);
    }

    private static Optional<String> startedPart(
            AvroWire wire, ConsumerRecord<byte[], byte[]> record, String requestId) {
        if (!new String(record.key(), StandardCharsets.UTF_8).equals(requestId)) {
            return Optional.empty();
        }
        try {
            Object event = wire.decode(record.value(), InferenceEvent.class).getEvent();
            return event instanceof AttemptStarted started
                            && started.getAttempt().getStage().startsWith("part-")
                    ? Optional.of(started.getAttempt().getStage())
                    : Optional.empty();
        } catch (UndecodableException e) {
            throw new IllegalStateException("an event cannot be read", e);
        }
    }
}
