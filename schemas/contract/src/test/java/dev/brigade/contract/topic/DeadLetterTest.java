package dev.brigade.contract.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void aDeadLetterIsTheRecordWithWhenceAndWhy() {
        byte[] value = {1, 2, 3};
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("orders.undo", 3, 4L, "id".getBytes(UTF_8), value);
        record.headers().add("own", new byte[] {9});

        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(record, ErrorCode.UNDECODABLE_RECORD);

        assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
        assertThat(letter.partition()).isNull();
        assertThat(letter.key()).isEqualTo("id".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(value);
        assertThat(header(letter, "own").array()).containsExactly(9);
        assertThat(header(letter, HeaderNames.DLT_ORIGINAL_TOPIC).array())
                .isEqualTo("orders.undo".getBytes(UTF_8));
        assertThat(header(letter, HeaderNames.DLT_ORIGINAL_PARTITION).getInt()).isEqualTo(3);
        assertThat(header(letter, HeaderNames.DLT_ORIGINAL_OFFSET).getLong()).isEqualTo(4);
        assertThat(header(letter, HeaderNames.DLT_ORIGINAL_TIMESTAMP).getLong())
                .isEqualTo(record.timestamp());
        assertThat(header(letter, HeaderNames.REASON).array())
                .isEqualTo("undecodable_record".getBytes(UTF_8));
    }

    private static ByteBuffer header(ProducerRecord<byte[], byte[]> record, String name) {
        return ByteBuffer.wrap(record.headers().lastHeader(name).value());
    }
}
