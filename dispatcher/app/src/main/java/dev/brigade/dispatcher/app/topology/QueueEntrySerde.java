package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.dispatcher.app.mapping.Jobs;
import dev.brigade.dispatcher.scheduling.QueueEntry;
import dev.brigade.schema.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A job's place as bytes. One that waits holds its job as the contract writes it: no larger than
 * the record in which it came, while JSON would swell images by a third and some texts sixfold.
 */
final class QueueEntrySerde implements Serde<QueueEntry> {

    private static final byte WAITING = 1;
    private static final byte OUT = 2;

    private final AvroWire wire;

    QueueEntrySerde(AvroWire wire) {
        this.wire = wire;
    }

    @Override
    public Serializer<QueueEntry> serializer() {
        return (topic, entry) -> entry == null ? null : write(entry);
    }

    @Override
    public Deserializer<QueueEntry> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(ByteBuffer.wrap(bytes));
    }

    /** The place in a byte, its numbers in eight bytes each, and the job or its id. */
    private byte[] write(QueueEntry entry) {
        return switch (entry) {
            case QueueEntry.Waiting(var job, var enqueuedAtMs, var sequence) -> {
                byte[] value = wire.encode(Jobs.write(job, 0));
                yield ByteBuffer.allocate(1 + 2 * Long.BYTES + value.length)
                        .put(WAITING)
                        .putLong(enqueuedAtMs)
                        .putLong(sequence)
                        .put(value)
                        .array();
            }
            case QueueEntry.Out(var jobId, var releasedAtMs) -> {
                byte[] id = jobId.getBytes(StandardCharsets.UTF_8);
                yield ByteBuffer.allocate(1 + Long.BYTES + id.length)
                        .put(OUT)
                        .putLong(releasedAtMs)
                        .put(id)
                        .array();
            }
        };
    }

    private QueueEntry read(ByteBuffer bytes) {
        byte place = bytes.get();
        long first = bytes.getLong();
        return switch (place) {
            case WAITING -> {
                long sequence = bytes.getLong();
                yield new QueueEntry.Waiting(job(rest(bytes)), first, sequence);
            }
            case OUT -> new QueueEntry.Out(new String(rest(bytes), StandardCharsets.UTF_8), first);
            default -> throw new IllegalStateException("a place of an unknown kind: " + place);
        };
    }

    private dev.brigade.dispatcher.request.Job job(byte[] value) {
        try {
            return Jobs.read(wire.decode(value, Job.class));
        } catch (UndecodableException e) {
            throw new IllegalStateException("a waiting job is lost", e);
        }
    }

    private static byte[] rest(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
