package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ControlCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes requests and what is sent after them. All records of one id go to the partition of its
 * key, so that a wish to cancel comes behind the request.
 */
final class RequestSender implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AvroWire wire;
    private final Layout layout;
    private final ClientSettings settings;

    RequestSender(
            Producer<byte[], byte[]> producer,
            AvroWire wire,
            Layout layout,
            ClientSettings settings) {
        this.producer = producer;
        this.wire = wire;
        this.layout = layout;
        this.settings = settings;
    }

    /** Done when the broker has stored the record; ends with a {@link BrigadeException} else. */
    CompletableFuture<Void> send(String id, SpecificRecord value, @Nullable String traceparent) {
        return send(id, record(id, value, traceparent));
    }

    /** As {@link #send}, to workers. */
    CompletableFuture<Void> order(ControlCommand command) {
        String id = command.getCommandId();
        return send(
                id,
                new ProducerRecord<>(
                        Topics.CONTROL, id.getBytes(StandardCharsets.UTF_8), wire.encode(command)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells the outcome.
    private CompletableFuture<Void> send(String id, ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            producer.send(
                    record,
                    (metadata, e) -> {
                        if (e == null) {
                            stored.complete(null);
                        } else {
                            stored.completeExceptionally(failed(id, record.topic(), e));
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            stored.completeExceptionally(failed(id, record.topic(), e));
        }
        return stored;
    }

    @Override
    public void close() {
        producer.close(settings.closeTimeout().dividedBy(2));
    }

    private ProducerRecord<byte[], byte[]> record(
            String id, SpecificRecord value, @Nullable String traceparent) {
        TopicPartition to = layout.request(id);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        to.topic(),
                        to.partition(),
                        id.getBytes(StandardCharsets.UTF_8),
                        wire.encode(value));
        if (traceparent != null) {
            record.headers()
                    .add(HeaderNames.TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private BrigadeException failed(String id, String topic, Exception cause) {
        Failure failure =
                switch (cause) {
                    case RecordTooLargeException e ->
                            Failure.certain(
                                    id,
                                    ErrorCode.REQUEST_TOO_LARGE,
                                    "the request is larger than a record may be");
                    case AuthorizationException e ->
                            Failure.certain(
                                    id,
                                    ErrorCode.NOT_READY,
                                    "Kafka does not allow this client to write to " + topic);
                    case IllegalStateException e ->
                            Failure.certain(
                                    id,
                                    ErrorCode.NOT_READY,
                                    "the request was not sent: " + e.getMessage());
                    default -> notStored(id, cause);
                };
        return new BrigadeException(failure, cause);
    }

    private Failure notStored(String id, Exception cause) {
        Duration timeout = settings.sendTimeout();
        return Failure.outcomeUnknown(
                id,
                ErrorCode.NOT_READY,
                "Kafka at %s did not confirm the request within %d ms (%s); it may be stored all the same"
                        .formatted(
                                settings.bootstrapServers(),
                                timeout.toMillis(),
                                cause.getClass().getSimpleName()));
    }
}
