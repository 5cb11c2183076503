package dev.brigade.worker.testing;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.schema.Job;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a share group delivers them. */
public final class Deliveries {

    public static final AvroWire WIRE = new AvroWire(BuiltInSchemas.instance());

    private Deliveries() {}

    public static ConsumerRecord<byte[], byte[]> of(Job job, long appendedAtMs, int count) {
        return of(WIRE.encode(job), appendedAtMs, count);
    }

    public static ConsumerRecord<byte[], byte[]> of(byte[] value, long appendedAtMs, int count) {
        byte[] key = "key".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "inference.model.demo",
                0,
                17,
                appendedAtMs,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) count));
    }
}
