package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.mapping.Checkpoints;
import dev.brigade.dispatcher.app.mapping.Chunks;
import dev.brigade.dispatcher.app.mapping.Compensations;
import dev.brigade.dispatcher.app.mapping.Events;
import dev.brigade.dispatcher.app.mapping.Jobs;
import dev.brigade.dispatcher.app.mapping.Measures;
import dev.brigade.dispatcher.app.mapping.Replies;
import dev.brigade.dispatcher.app.mapping.ResultParts;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Claim;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.JobReady;
import dev.brigade.schema.JobWithdrawn;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.ReleasePins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records that carry out the core's commands. */
final class CommandRecords {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRecords.class);

    /** What the topics take, less room for framing. */
    private static final int MAX_RECORD_BYTES = ReplyTopics.MAX_REPLY_BYTES;

    private final AvroWire wire;
    private final ReplyTopics replyTopics;
    private final ParticipantTopics participants;

    CommandRecords(AvroWire wire, ReplyTopics replyTopics, ParticipantTopics participants) {
        this.wire = wire;
        this.replyTopics = replyTopics;
        this.participants = participants;
    }

    /**
     * The records that carry out what was decided, in order. There is none for a command that the
     * stores alone carry out, and none for one that cannot be carried out, which the core takes for
     * silence.
     *
     * @param original the request as it came, for a dead letter
     */
    List<Record<String, Outgoing>> of(
            List<Command> commands, DeadLetters.Carrier original, long nowMs) {
        return commands.stream().flatMap(command -> of(command, original, nowMs).stream()).toList();
    }

    private Optional<Record<String, Outgoing>> of(
            Command command, DeadLetters.Carrier original, long nowMs) {
        return switch (command) {
            case Command.EnqueueJob(var job) -> Optional.of(enqueue(job, nowMs));
            case Command.WithdrawJob(var model, var jobId, var reason) ->
                    Optional.of(queue(model, new JobWithdrawn(jobId, reason), nowMs));
            case Command.FreeSlot(var model, var jobId) ->
                    Optional.of(queue(model, new JobDone(jobId), nowMs));
            case Command.CancelAttempt cancel -> Optional.of(cancel(cancel, nowMs));
            case Command.ReleasePins(var requestId) -> Optional.of(releasePins(requestId, nowMs));
            case Command.SendReply(var reply) -> Optional.of(reply(reply, nowMs));
            case Command.PublishResults results -> Optional.of(results(results, nowMs));
            case Command.PublishProgress progress ->
                    Optional.of(chunk(Chunks.write(progress), progress.replyPartition(), nowMs));
            case Command.RetractDraft retract ->
                    Optional.of(chunk(Chunks.write(retract), retract.replyPartition(), nowMs));
            case Command.RecordUsage used ->
                    Optional.of(
                            new Record<>(
                                    used.requestId(),
                                    Outgoing.byKey(Topics.USAGE, wire.encode(Replies.write(used))),
                                    nowMs));
            case Command.DeadLetter(var requestId, var failure) ->
                    Optional.of(
                            DeadLetters.of(
                                    original,
                                    requestId.getBytes(StandardCharsets.UTF_8),
                                    failure.code(),
                                    nowMs));
            case Command.Compensate(var compensation) ->
                    Optional.of(compensation(Topics.COMPENSATIONS, compensation, nowMs));
            case Command.UndoEffect(var topic, var compensation) ->
                    participants.has(topic)
                            ? Optional.of(compensation(topic, compensation, nowMs))
                            : Optional.empty();
            case Command.ParkCompensation park -> Optional.of(park(park, nowMs));
            case Command.Claim claim -> Optional.of(claim(claim, nowMs));
            case Command.ReleaseClaim release -> release(release, nowMs);
            case Command.SetTimer _ -> Optional.empty();
        };
    }

    /** A job that no record can hold comes back as refused: it must not hold up the others. */
    private Record<String, Outgoing> enqueue(Job job, long nowMs) {
        Record<String, Outgoing> ready =
                queue(job.model(), new JobReady(Jobs.write(job, 0)), nowMs);
        int bytes = ready.value().value().length;
        if (bytes <= MAX_RECORD_BYTES) {
            return ready;
        }
        LOG.warn("job {} is too large, {} bytes", job.id(), bytes);
        byte[] refused = wire.encode(Events.refused(job, Code.REQUEST_TOO_LARGE, nowMs));
        return new Record<>(
                job.requestId(), Outgoing.to(Topics.EVENTS, job.homePartition(), refused), nowMs);
    }

    private Record<String, Outgoing> results(Command.PublishResults results, long nowMs) {
        return new Record<>(
                results.requestId(),
                Outgoing.to(Topics.RESULTS, results.replyPartition(), part(results, nowMs)),
                nowMs);
    }

    /** As much of the results as a record can hold. */
    private byte[] part(Command.PublishResults results, long nowMs) {
        byte[] value = {};
        for (UnaryOperator<ImageResult> detail : ResultParts.DETAILS) {
            value = wire.encode(ResultParts.write(results, detail, nowMs));
            if (value.length <= MAX_RECORD_BYTES) {
                break;
            }
            LOG.warn(
                    "part {} of {} is too large, {} bytes",
                    results.part(),
                    results.requestId(),
                    value.length);
        }
        return value;
    }

    private Record<String, Outgoing> queue(String model, Object event, long nowMs) {
        byte[] value = wire.encode(new QueueEvent(model, event));
        return new Record<>(model, Outgoing.byKey(Topics.QUEUE, value), nowMs);
    }

    private Record<String, Outgoing> cancel(Command.CancelAttempt cancel, long nowMs) {
        return control(
                cancel.requestId() + "@" + nowMs,
                new CancelAttempt(
                        cancel.requestId(),
                        cancel.jobId().orElse(null),
                        cancel.keep().map(Measures::write).orElse(null)),
                nowMs);
    }

    private Record<String, Outgoing> releasePins(String requestId, long nowMs) {
        return control(requestId + "@" + nowMs + "/pins", new ReleasePins(requestId), nowMs);
    }

    private Record<String, Outgoing> control(String commandId, Object command, long nowMs) {
        byte[] value = wire.encode(new ControlCommand(commandId, null, nowMs, command));
        return new Record<>(commandId, Outgoing.byKey(Topics.CONTROL, value), nowMs);
    }

    /**
     * A reply topic that has gone since the request came, or that does not take a reply of this
     * size, must not hold up the others.
     */
    private Record<String, Outgoing> reply(Reply reply, long nowMs) {
        ReplyTo to = reply.replyTo();
        byte[] value = bounded(Replies.write(reply));
        String topic =
                replyTopics.takes(to.topic(), to.partition(), value.length)
                        ? to.topic()
                        : Topics.REPLIES;
        Headers headers = new RecordHeaders();
        to.decodedHeaders().forEach(headers::add);
        return new Record<>(
                reply.requestId(), Outgoing.to(topic, to.partition(), value), nowMs, headers);
    }

    private byte[] bounded(dev.brigade.schema.Reply reply) {
        byte[] value = wire.encode(reply);
        if (value.length <= ReplyTopics.MAX_REPLY_BYTES) {
            return value;
        }
        LOG.warn("the answer to {} is too large, {} bytes", reply.getRequestId(), value.length);
        return wire.encode(Replies.tooLarge(reply));
    }

    private Record<String, Outgoing> chunk(Chunk chunk, int partition, long nowMs) {
        return new Record<>(
                chunk.getRequestId(),
                Outgoing.to(Topics.TOKENS, partition, wire.encode(chunk)),
                nowMs);
    }

    private Record<String, Outgoing> compensation(
            String topic, Compensation compensation, long nowMs) {
        byte[] value = wire.encode(Compensations.write(compensation));
        return new Record<>(compensation.requestId(), Outgoing.byKey(topic, value), nowMs);
    }

    private Record<String, Outgoing> park(Command.ParkCompensation park, long nowMs) {
        Compensation compensation = park.compensation();
        LOG.warn(
                "compensation {} is parked after {} attempts: {}",
                compensation.id(),
                compensation.attempt(),
                park.reason().code().wireName());
        return DeadLetters.unheard(
                park.topic(),
                compensation.requestId(),
                wire.encode(Compensations.write(compensation)),
                park.reason().code(),
                nowMs);
    }

    private Record<String, Outgoing> claim(Command.Claim claim, long nowMs) {
        return claim(
                claim.tenant(),
                claim.key(),
                wire.encode(new Claim(claim.requestId(), claim.homePartition(), nowMs, null)),
                nowMs);
    }

    /** A key whose checkpoint is too large to be kept stays with the request that failed. */
    private Optional<Record<String, Outgoing>> release(Command.ReleaseClaim release, long nowMs) {
        byte[] value =
                wire.encode(
                        new Claim(
                                release.requestId(),
                                release.homePartition(),
                                nowMs,
                                Checkpoints.write(release.checkpoint())));
        if (value.length > ClaimProcessor.MAX_CHECKPOINT_BYTES) {
            LOG.warn(
                    "request {} cannot be continued: its stages take {} bytes, at most {} are kept",
                    release.requestId(),
                    value.length,
                    ClaimProcessor.MAX_CHECKPOINT_BYTES);
            return Optional.empty();
        }
        return Optional.of(claim(release.tenant(), release.key(), value, nowMs));
    }

    private static Record<String, Outgoing> claim(
            String tenant, String key, byte[] value, long nowMs) {
        return new Record<>(tenant + "|" + key, Outgoing.byKey(Topics.CLAIMS, value), nowMs);
    }
}
