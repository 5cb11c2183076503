package dev.brigade.worker.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.DeadLetter;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.WorkerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The outbox on Kafka. */
public final class KafkaOutbox implements Outbox, AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_RECORD_BYTES = 4 << 20;

    private final Producer<byte[], byte[]> producer;
    private final AvroWire wire;

    KafkaOutbox(Producer<byte[], byte[]> producer, AvroWire wire) {
        this.producer = producer;
        this.wire = wire;
    }

    /**
     * An outbox with a producer of its own.
     *
     * @param client connection properties, by Kafka's names
     */
    public static KafkaOutbox connect(Map<String, Object> client, String clientId, AvroWire wire) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaOutbox(
                new KafkaProducer<>(properties(client, clientId), bytes, bytes), wire);
    }

    private static Map<String, Object> properties(Map<String, Object> client, String clientId) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        return properties;
    }

    @Override
    public CompletableFuture<Void> event(Job job, InferenceEvent event) {
        return send(
                traced(
                        job,
                        new ProducerRecord<>(
                                Topics.EVENTS,
                                job.getHomePartition(),
                                job.getRequestId().getBytes(UTF_8),
                                wire.encode(event))));
    }

    @Override
    public CompletableFuture<Void> chunk(Job job, Chunk chunk) {
        return send(
                traced(
                        job,
                        new ProducerRecord<>(
                                Topics.TOKENS,
                                job.getReplyPartition(),
                                job.getRequestId().getBytes(UTF_8),
                                wire.encode(chunk))));
    }

    @Override
    public CompletableFuture<Void> queue(QueueEvent event) {
        return send(keyed(Topics.QUEUE, event.getModel(), wire.encode(event)));
    }

    @Override
    public CompletableFuture<Void> status(WorkerStatus status) {
        return send(keyed(Topics.WORKERS, status.getWorkerId(), wire.encode(status)));
    }

    @Override
    public CompletableFuture<Void> left(String workerId) {
        return send(keyed(Topics.WORKERS, workerId, null));
    }

    @Override
    public CompletableFuture<Void> description(ModelDescription description) {
        return send(keyed(Topics.MODELS, description.getModel(), wire.encode(description)));
    }

    @Override
    public CompletableFuture<Void> deadLetter(
            ConsumerRecord<byte[], byte[]> record, ErrorCode reason) {
        return send(DeadLetter.of(record, reason));
    }

    /** Sends what is buffered, for a bounded time, and ends. Idempotent. */
    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try {
            var _ =
                    producer.send(
                            record,
                            (_, failure) -> {
                                if (failure == null) {
                                    stored.complete(null);
                                } else {
                                    stored.completeExceptionally(failure);
                                }
                            });
        } catch (RuntimeException failure) {
            // A closed producer or a full buffer is thrown rather than told to the callback.
            stored.completeExceptionally(failure);
        }
        return stored;
    }

    private static ProducerRecord<byte[], byte[]> keyed(
            String topic, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    }

    private static ProducerRecord<byte[], byte[]> traced(
            Job job, ProducerRecord<byte[], byte[]> record) {
        if (job.getTraceparent() != null) {
            record.headers().add(HeaderNames.TRACEPARENT, job.getTraceparent().getBytes(UTF_8));
        }
        return record;
    }
}
