package dev.brigade.rest.ledger;

import dev.brigade.contract.serde.AvroWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Writes entries, and tells behind which offset of each partition they stand. */
final class LedgerWrites {

    private LedgerWrites() {}

    /** One after another; the producer bounds how long that may take. */
    static Map<TopicPartition, Long> plain(
            Producer<byte[], byte[]> producer, AvroWire wire, List<Entry> entries) {
        return stored(send(producer, wire, entries));
    }

    /** All or none. */
    static Map<TopicPartition, Long> transaction(
            Producer<byte[], byte[]> producer, AvroWire wire, List<Entry> entries) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = send(producer, wire, entries);
        producer.commitTransaction();
        return stored(sent);
    }

    private static List<Future<RecordMetadata>> send(
            Producer<byte[], byte[]> producer, AvroWire wire, List<Entry> entries) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Entry entry : entries) {
            SpecificRecord value = entry.value();
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    entry.topic(),
                                    0,
                                    entry.key().getBytes(StandardCharsets.UTF_8),
                                    value == null ? null : wire.encode(value))));
        }
        return sent;
    }

    private static Map<TopicPartition, Long> stored(List<Future<RecordMetadata>> sent) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        try {
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata stored = one.get();
                behind.merge(
                        new TopicPartition(stored.topic(), stored.partition()),
                        stored.offset() + 1,
                        Math::max);
            }
            return behind;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known
                    ? known
                    : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
