package dev.brigade.worker.outbox;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.WorkerStatus;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records that a worker writes. Records of one partition keep the order of the calls. A
 * call returns before the record is stored, and blocks for a bounded time while the buffer is full;
 * every failure is in the returned future, and none is thrown. Safe for use by many threads.
 */
public interface Outbox {

    /** What happened to an attempt, to the job's home partition. */
    CompletableFuture<Void> event(Job job, InferenceEvent event);

    /** A piece of text, to the job's reply partition. */
    CompletableFuture<Void> chunk(Job job, Chunk chunk);

    /** What the scheduler of a model must know. */
    CompletableFuture<Void> queue(QueueEvent event);

    /** A heartbeat. */
    CompletableFuture<Void> status(WorkerStatus status);

    /** The tombstone of a worker that has left. */
    CompletableFuture<Void> left(String workerId);

    /** What a model is. */
    CompletableFuture<Void> description(ModelDescription description);

    /** A record that cannot be worked on, untouched, with its reason. */
    CompletableFuture<Void> deadLetter(ConsumerRecord<byte[], byte[]> record, ErrorCode reason);
}
