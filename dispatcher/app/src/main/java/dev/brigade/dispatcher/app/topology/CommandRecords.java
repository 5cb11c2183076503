package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.mapping.Jobs;
import dev.brigade.dispatcher.app.mapping.Replies;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Claim;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.JobReady;
import dev.brigade.schema.JobWithdrawn;
import dev.brigade.schema.QueueEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The records that carry out the core's commands. */
final class CommandRecords {

    private static final byte[] NO_BYTES = {};

    private final AvroWire wire;
    private final ReplyTopics replyTopics;

    CommandRecords(AvroWire wire, ReplyTopics replyTopics) {
        this.wire = wire;
        this.replyTopics = replyTopics;
    }

    /**
     * The record of a command; empty for one that the stores alone carry out.
     *
     * @param original the request as it came, for a dead letter
     */
    Optional<Record<String, Outgoing>> of(
            Command command, RequestProcessor.Carrier original, long nowMs) {
        return switch (command) {
            case Command.EnqueueJob(var job) ->
                    Optional.of(queue(job.model(), new JobReady(Jobs.write(job, 0)), nowMs));
            case Command.WithdrawJob(var model, var jobId, var reason) ->
                    Optional.of(queue(model, new JobWithdrawn(jobId, reason), nowMs));
            case Command.FreeSlot(var model, var jobId) ->
                    Optional.of(queue(model, new JobDone(jobId), nowMs));
            case Command.CancelAttempt cancel -> Optional.of(cancel(cancel, nowMs));
            case Command.SendReply(var reply) -> Optional.of(reply(reply, nowMs));
            case Command.RecordUsage used ->
                    Optional.of(
                            new Record<>(
                                    used.requestId(),
                                    Outgoing.byKey(Topics.USAGE, wire.encode(Replies.write(used))),
                                    nowMs));
            case Command.DeadLetter(var requestId, var failure) ->
                    Optional.of(
                            deadLetter(
                                    original,
                                    requestId.getBytes(StandardCharsets.UTF_8),
                                    failure.code(),
                                    nowMs));
            case Command.Claim claim -> Optional.of(claim(claim, nowMs));
            case Command.SetTimer timer -> Optional.empty();
        };
    }

    /** The record of a dead letter: the bytes as they came, and headers that say whence and why. */
    Record<String, Outgoing> deadLetter(
            RequestProcessor.Carrier carrier, byte @Nullable [] key, Code reason, long nowMs) {
        Headers headers = new RecordHeaders(carrier.headers().toArray());
        headers.add(HeaderNames.REASON, reason.wireName().getBytes(StandardCharsets.UTF_8));
        carrier.at().ifPresent(at -> addOrigin(headers, at));
        byte[] value = carrier.value() == null ? NO_BYTES : carrier.value();
        String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return new Record<>(name, Outgoing.byKey(Topics.DEAD_LETTERS, value), nowMs, headers);
    }

    private static void addOrigin(Headers headers, RecordMetadata at) {
        headers.add(HeaderNames.DLT_ORIGINAL_TOPIC, at.topic().getBytes(StandardCharsets.UTF_8));
        headers.add(
                HeaderNames.DLT_ORIGINAL_PARTITION,
                ByteBuffer.allocate(Integer.BYTES).putInt(at.partition()).array());
        headers.add(
                HeaderNames.DLT_ORIGINAL_OFFSET,
                ByteBuffer.allocate(Long.BYTES).putLong(at.offset()).array());
    }

    private Record<String, Outgoing> queue(String model, Object event, long nowMs) {
        byte[] value = wire.encode(new QueueEvent(model, event));
        return new Record<>(model, Outgoing.byKey(Topics.QUEUE, value), nowMs);
    }

    private Record<String, Outgoing> cancel(Command.CancelAttempt cancel, long nowMs) {
        String commandId = cancel.requestId() + "@" + nowMs;
        CancelAttempt attempt =
                new CancelAttempt(
                        cancel.requestId(),
                        cancel.jobId().orElse(null),
                        cancel.keep().map(Replies::epoch).orElse(null));
        byte[] value = wire.encode(new ControlCommand(commandId, null, nowMs, attempt));
        return new Record<>(commandId, Outgoing.byKey(Topics.CONTROL, value), nowMs);
    }

    /** A reply topic that has gone since the request came must not hold up the others. */
    private Record<String, Outgoing> reply(Reply reply, long nowMs) {
        ReplyTo to = reply.replyTo();
        String topic = replyTopics.has(to.topic(), to.partition()) ? to.topic() : Topics.REPLIES;
        Headers headers = new RecordHeaders();
        to.decodedHeaders().forEach(headers::add);
        byte[] value = wire.encode(Replies.write(reply));
        return new Record<>(
                reply.requestId(), Outgoing.to(topic, to.partition(), value), nowMs, headers);
    }

    private Record<String, Outgoing> claim(Command.Claim claim, long nowMs) {
        byte[] value = wire.encode(new Claim(claim.requestId(), claim.homePartition(), nowMs));
        return new Record<>(
                claim.tenant() + "|" + claim.key(), Outgoing.byKey(Topics.CLAIMS, value), nowMs);
    }
}
