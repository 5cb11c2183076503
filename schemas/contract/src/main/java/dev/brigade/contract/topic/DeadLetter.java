package dev.brigade.contract.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that nobody can work on: key, value and headers as they came, and whence and why. */
public final class DeadLetter {

    private DeadLetter() {}

    /** The dead letter of a record. */
    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, ErrorCode reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        Topics.DEAD_LETTERS, null, record.key(), record.value(), record.headers());
        letter.headers()
                .add(HeaderNames.DLT_ORIGINAL_TOPIC, record.topic().getBytes(UTF_8))
                .add(HeaderNames.DLT_ORIGINAL_PARTITION, bytes(record.partition()))
                .add(HeaderNames.DLT_ORIGINAL_OFFSET, bytes(record.offset()))
                .add(HeaderNames.DLT_ORIGINAL_TIMESTAMP, bytes(record.timestamp()))
                .add(HeaderNames.REASON, reason.wireName().getBytes(UTF_8));
        return letter;
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
