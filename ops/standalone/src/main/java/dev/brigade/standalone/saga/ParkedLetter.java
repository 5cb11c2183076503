package dev.brigade.standalone.saga;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A compensation that a participant did not carry out in all its attempts.
 *
 * @param topic where the participant reads
 * @param answeredAt when it was carried out after all
 * @param answerKnown false when it is so old that an answer to it would no longer be kept
 * @param record the dead letter
 */
record ParkedLetter(
        String compensationId,
        String requestId,
        String stage,
        String topic,
        int attempts,
        String reason,
        Instant parkedAt,
        Optional<Instant> answeredAt,
        boolean answerKnown,
        @JsonIgnore ConsumerRecord<byte[], byte[]> record) {

    /** Whether nobody is known to have carried it out. */
    boolean isOpen() {
        return answeredAt.isEmpty();
    }
}
