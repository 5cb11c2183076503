package dev.brigade.worker.slots;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A job record that the share group gave to this slot, and whose lock the slot holds.
 *
 * @param record as it was received, not yet decoded
 */
public record Delivery(ConsumerRecord<byte[], byte[]> record) {

    /** How often the group has delivered the record, this time included. */
    public int count() {
        return record.deliveryCount().map(Short::intValue).orElse(1);
    }

    /** When the broker appended the record, epoch ms. */
    public long appendedAtMs() {
        return record.timestamp();
    }

    /** Where the record lies, for logs. */
    public String place() {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    boolean isAt(ConsumerRecord<byte[], byte[]> other) {
        return record.offset() == other.offset()
                && record.partition() == other.partition()
                && record.topic().equals(other.topic());
    }
}
