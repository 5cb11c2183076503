package dev.brigade.worker.control;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.DrainWorker;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.ReleasePins;
import dev.brigade.schema.ReleaseState;
import dev.brigade.schema.UnloadModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the control topic and the compensations on a thread of its own. Every worker reads all of
 * them, without a group. Commands count from the listener's start; of the minutes before it only
 * cancels do, since their jobs may still be waiting. Compensations count from the start too: what
 * they undo here is gone with the worker that held it. They may come twice.
 */
public final class ControlListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String workerId;
    private final AvroWire wire;
    private final Orders orders;
    private final Clock clock;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Thread thread = Thread.ofPlatform().name("control").unstarted(this::listen);

    /** Where each partition's next record lies, so that a reopened consumer misses nothing. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** Ends of the partitions when the listener started. */
    private final Map<TopicPartition, Long> starts = new HashMap<>();

    private volatile boolean ending;
    private volatile @Nullable Consumer<byte[], byte[]> open;

    /**
     * @param client connection properties, by Kafka's names
     */
    public ControlListener(
            String workerId,
            Map<String, Object> client,
            AvroWire wire,
            Orders orders,
            Clock clock) {
        this(workerId, wire, orders, clock, () -> connect(workerId, client));
    }

    /**
     * @param consumers opens a consumer, at the start and after every failure
     */
    ControlListener(
            String workerId,
            AvroWire wire,
            Orders orders,
            Clock clock,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        this.workerId = workerId;
        this.wire = wire;
        this.orders = orders;
        this.clock = clock;
        this.consumers = consumers;
    }

    /** Begins to listen. */
    public void start() {
        thread.start();
    }

    /** Ends within a bounded time. Idempotent. */
    @Override
    public void close() {
        ending = true;
        Consumer<byte[], byte[]> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.isAlive()) {
                thread.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        while (!ending) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                open = consumer;
                assign(consumer);
                while (!ending) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (WakeupException e) {
                // The listener is ending.
            } catch (KafkaException e) {
                LOG.warn("commands cannot be read: {}", e.toString());
                pause();
            }
        }
    }

    private static Consumer<byte[], byte[]> connect(String workerId, Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, workerId + "-control");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties, bytes, bytes);
    }

    private void assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> commands = partitions(consumer, Topics.CONTROL);
        List<TopicPartition> all = new ArrayList<>(commands);
        all.addAll(partitions(consumer, Topics.COMPENSATIONS));
        consumer.assign(all);
        long lookBackTo = clock.millis() - LOOK_BACK.toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        commands.forEach(partition -> times.put(partition, lookBackTo));
        var found = consumer.offsetsForTimes(times);
        var ends = consumer.endOffsets(all);
        for (TopicPartition partition : all) {
            long end = ends.getOrDefault(partition, 0L);
            var at = found.get(partition);
            starts.putIfAbsent(partition, end);
            positions.putIfAbsent(partition, at == null ? end : at.offset());
            consumer.seek(partition, positions.getOrDefault(partition, end));
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        positions.put(partition, record.offset() + 1);
        boolean old = record.offset() < starts.getOrDefault(partition, 0L);
        try {
            if (record.topic().equals(Topics.COMPENSATIONS)) {
                undo(wire.decode(record.value(), Compensation.class));
            } else {
                hear(wire.decode(record.value(), ControlCommand.class), old);
            }
        } catch (UndecodableException e) {
            LOG.warn("{} at {} is no command: {}", partition, record.offset(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the command at {} of {} failed", record.offset(), partition, e);
        }
    }

    private void undo(Compensation compensation) {
        if (compensation.getActions().stream().anyMatch(ReleaseState.class::isInstance)) {
            orders.release(compensation.getRequestId(), compensation.getStage());
        }
    }

    private void hear(ControlCommand command, boolean old) {
        String worker = command.getWorkerId();
        if (worker == null || worker.equals(workerId)) {
            obey(command, old);
        }
    }

    private void obey(ControlCommand command, boolean old) {
        Object order = command.getCommand();
        if (order instanceof CancelAttempt cancel) {
            orders.cancel(cancel);
        } else if (!old) {
            switch (order) {
                case LoadModel load -> orders.load(command, load.getModel());
                case ReleasePins release -> orders.release(release.getRequestId());
                case UnloadModel unload -> orders.unload(command, unload.getModel());
                case DrainWorker drain when drain.getWorkerId().equals(workerId) ->
                        orders.drain(command);
                default -> LOG.debug("command {} is not for this worker", command.getCommandId());
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending = true;
        }
    }
}
