package dev.brigade.rest.ledger;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.schema.BatchJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What was committed to the ledger's topic of batches, in its order. */
public final class LedgerWatch {

    private LedgerWatch() {}

    /** Every state that a batch has had. */
    public static List<BatchJob> batch(String id) {
        AvroWire wire = new AvroWire(BuiltInSchemas.instance());
        List<BatchJob> told = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> reader =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestingKafka.address(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            reader.assign(List.of(LedgerReader.BATCHES));
            reader.seekToBeginning(List.of(LedgerReader.BATCHES));
            long end = reader.endOffsets(List.of(LedgerReader.BATCHES)).get(LedgerReader.BATCHES);
            while (reader.position(LedgerReader.BATCHES) < end) {
                for (ConsumerRecord<byte[], byte[]> one : reader.poll(Duration.ofMillis(100))) {
                    if (new String(one.key(), StandardCharsets.UTF_8).equals(id)) {
                        told.add(wire.decode(one.value(), BatchJob.class));
                    }
                }
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException(e);
        }
        return told;
    }
}
