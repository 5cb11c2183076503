package dev.brigade.worker.testing;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.WorkerStatus;
import dev.brigade.worker.outbox.Outbox;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps what is written, in order, and fails what it is told to fail. */
public final class TestingOutbox implements Outbox {

    private final List<Object> written = new CopyOnWriteArrayList<>();
    private volatile Predicate<Object> failing = record -> false;

    /** From now on, records for which this holds cannot be stored. */
    public void fail(Predicate<Object> which) {
        failing = which;
    }

    /** Everything written: events and queue events by their inner record, chunks, and so on. */
    public List<Object> written() {
        return List.copyOf(written);
    }

    public <T> List<T> written(Class<T> kind) {
        return written.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public CompletableFuture<Void> event(Job job, InferenceEvent event) {
        return take(event.getEvent());
    }

    @Override
    public CompletableFuture<Void> chunk(Job job, Chunk chunk) {
        return take(chunk);
    }

    @Override
    public CompletableFuture<Void> queue(QueueEvent event) {
        return take(event.getEvent());
    }

    @Override
    public CompletableFuture<Void> status(WorkerStatus status) {
        return take(status);
    }

    @Override
    public CompletableFuture<Void> left(String workerId) {
        return take(new Left(workerId));
    }

    @Override
    public CompletableFuture<Void> description(ModelDescription description) {
        return take(description);
    }

    @Override
    public CompletableFuture<Void> deadLetter(
            ConsumerRecord<byte[], byte[]> record, ErrorCode reason) {
        return take(new DeadLetter(record, reason));
    }

    private CompletableFuture<Void> take(Object record) {
        if (failing.test(record)) {
            return CompletableFuture.failedFuture(new IllegalStateException("not stored"));
        }
        written.add(record);
        return CompletableFuture.completedFuture(null);
    }

    /** A tombstone. */
    public record Left(String workerId) {}

    /** A dead letter. */
    public record DeadLetter(ConsumerRecord<byte[], byte[]> record, ErrorCode reason) {}
}
