package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.DeadLetter;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a participant's consumer.
 *
 * <p>Invariant: an offset is committed only when everything before it is settled, that is its
 * answer or its dead letter is stored. What could not be settled is read again, in order.
 */
final class CompensationLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CompensationLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final AvroWire wire;
    private final CompensationHandler handler;
    private final Clock clock;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock runnerLock = new ReentrantLock();
    private @Nullable Thread runner;
    private volatile boolean interrupted;

    /**
     * @param pause how long to wait after a failure of Kafka's
     */
    CompensationLoop(
            String topic,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            AvroWire wire,
            CompensationHandler handler,
            Clock clock,
            Duration pause) {
        this.topic = topic;
        this.consumer = consumer;
        this.producer = producer;
        this.wire = wire;
        this.handler = handler;
        this.clock = clock;
        this.pause = pause;
    }

    /** Ends the loop once what is in work is settled. */
    void close() {
        closing.countDown();
    }

    /** Interrupts what is in work; it is not settled. */
    void interrupt() {
        interrupted = true;
        runnerLock.lock();
        try {
            if (runner != null) {
                runner.interrupt();
            }
        } finally {
            runnerLock.unlock();
        }
    }

    @Override
    public void run() {
        runBy(Thread.currentThread());
        try {
            consumer.subscribe(List.of(topic));
            while (!isClosing()) {
                workOnce();
            }
        } catch (InterruptedException e) {
            LOG.info("the participant of {} was interrupted; its work comes again", topic);
        } finally {
            // No more interruptions from here: the thread may be one of a pool.
            runBy(null);
            closeClients();
        }
    }

    /** Settles what one poll brings. */
    void workOnce() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> left = List.of();
        try {
            left = records();
            while (!left.isEmpty() && !isClosing()) {
                settle(left.getFirst());
                commit(left.getFirst());
                left = left.subList(1, left.size());
            }
        } catch (InterruptException e) {
            throw new InterruptedException("interrupted while waiting for Kafka");
        } catch (RuntimeException e) {
            LOG.warn("the participant of {} cannot go on at the moment", topic, e);
            readAgain(left);
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        var polled = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        consumer.poll(POLL).forEach(polled::add);
        return polled;
    }

    private void settle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        ProducerRecord<byte[], byte[]> outcome;
        try {
            Compensation compensation = wire.decode(record.value(), Compensation.class);
            outcome =
                    isAnswerable(compensation)
                            ? answer(compensation, undo(compensation), record)
                            : poison(record, ErrorCode.INVALID_REQUEST);
        } catch (UndecodableException e) {
            outcome = poison(record, e.code());
        }
        store(outcome);
    }

    /** Whether the partition that the answer is to go to exists. */
    private boolean isAnswerable(Compensation compensation) {
        int partition = compensation.getHomePartition();
        return partition >= 0 && partition < producer.partitionsFor(Topics.EVENTS).size();
    }

    private Undo undo(Compensation compensation) throws InterruptedException {
        try {
            return Objects.requireNonNull(handler.undo(compensation), "the handler told nothing");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (interrupted) {
                // Whatever the handler made of the interruption, it did not fail by itself.
                throw new InterruptedException("the handler was interrupted");
            }
            LOG.warn("compensation {} failed", compensation.getCompensationId(), e);
            return Undo.failed(e.getClass().getSimpleName());
        }
    }

    private ProducerRecord<byte[], byte[]> answer(
            Compensation compensation, Undo undo, ConsumerRecord<byte[], byte[]> to) {
        CompensationAnswered answered =
                new CompensationAnswered(
                        compensation.getCompensationId(),
                        compensation.getStage(),
                        compensation.getAttempt(),
                        undo.succeeded(),
                        undo.message());
        String requestId = compensation.getRequestId();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.EVENTS,
                        compensation.getHomePartition(),
                        requestId.getBytes(StandardCharsets.UTF_8),
                        wire.encode(new InferenceEvent(requestId, clock.millis(), answered)));
        Header trace = to.headers().lastHeader(HeaderNames.TRACEPARENT);
        if (trace != null) {
            record.headers().add(trace);
        }
        return record;
    }

    private static ProducerRecord<byte[], byte[]> poison(
            ConsumerRecord<byte[], byte[]> record, ErrorCode reason) {
        LOG.warn("{} is no compensation ({})", place(record), reason.wireName());
        return DeadLetter.of(record, reason);
    }

    /** Waits until the broker has the record; the producer's delivery timeout bounds the wait. */
    private void store(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException(record.topic() + " did not take an answer", e.getCause());
        }
    }

    private void commit(ConsumerRecord<byte[], byte[]> record) {
        consumer.commitSync(Map.of(partition(record), new OffsetAndMetadata(record.offset() + 1)));
    }

    /** Goes back to the first of these in each partition that is still this member's. */
    private void readAgain(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records.reversed()) {
            if (consumer.assignment().contains(partition(record))) {
                consumer.seek(partition(record), record.offset());
            }
        }
    }

    /** Kafka's clients do not close on an interrupted thread. */
    private void closeClients() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            producer.close(CLOSE_LIMIT);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void runBy(@Nullable Thread thread) {
        runnerLock.lock();
        try {
            runner = thread;
        } finally {
            runnerLock.unlock();
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
