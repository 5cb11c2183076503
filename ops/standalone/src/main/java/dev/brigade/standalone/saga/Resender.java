package dev.brigade.standalone.saga;

import dev.brigade.contract.request.HeaderNames;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes parked compensations again, byte for byte; participants tell repeats by their ids. */
final class Resender implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** What made the record a dead letter is no part of the record. */
    private static final Set<String> OF_THE_LETTER =
            Set.of(
                    HeaderNames.REASON,
                    HeaderNames.DLT_ORIGINAL_TOPIC,
                    HeaderNames.DLT_ORIGINAL_PARTITION,
                    HeaderNames.DLT_ORIGINAL_OFFSET,
                    HeaderNames.DLT_ORIGINAL_TIMESTAMP);

    private final Producer<byte[], byte[]> producer;

    Resender(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    static Resender open(String bootstrapServers) {
        return new Resender(
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "acks",
                                "all",
                                "max.block.ms",
                                Long.toString(LIMIT.toMillis()),
                                "request.timeout.ms",
                                "5000",
                                "delivery.timeout.ms",
                                Long.toString(LIMIT.toMillis())),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /** Publishes it to the topic from which it came, and waits until that is stored. */
    RecordMetadata send(ParkedLetter letter) throws InterruptedException {
        if (letter.topic().isEmpty()) {
            throw new LogException(
                    letter.compensationId() + " does not say from which topic it came");
        }
        Headers headers = new RecordHeaders();
        for (Header header : letter.record().headers()) {
            if (!OF_THE_LETTER.contains(header.key())) {
                headers.add(header);
            }
        }
        try {
            return producer.send(
                            new ProducerRecord<>(
                                    letter.topic(),
                                    null,
                                    letter.record().key(),
                                    letter.record().value(),
                                    headers))
                    .get(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LogException(
                    "%s could not be sent to %s: %s"
                            .formatted(
                                    letter.compensationId(),
                                    letter.topic(),
                                    e.getCause() == null ? e : e.getCause().getMessage()));
        }
    }

    @Override
    public void close() {
        producer.close(LIMIT);
    }
}
