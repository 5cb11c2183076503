package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.request.RequestRules;
import dev.brigade.contract.request.Violation;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.dispatcher.app.mapping.Envelope;
import dev.brigade.dispatcher.app.mapping.Events;
import dev.brigade.dispatcher.app.mapping.Requests;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Origin;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Reads records into events of the core. Whatever the bytes are, the answer is a value. */
final class Intake {

    private final AvroWire wire;
    private final ReplyTopics replyTopics;
    private final int partitions;
    private final long defaultDeadlineMs;
    private final long batchDeadlineMs;

    /**
     * @param partitions of the topic of tokens
     * @param defaultDeadlineMs allowed to a request that names no deadline
     * @param batchDeadlineMs allowed to a batch of images that names none
     */
    Intake(
            AvroWire wire,
            ReplyTopics replyTopics,
            int partitions,
            long defaultDeadlineMs,
            long batchDeadlineMs) {
        this.wire = wire;
        this.replyTopics = replyTopics;
        this.partitions = partitions;
        this.defaultDeadlineMs = defaultDeadlineMs;
        this.batchDeadlineMs = batchDeadlineMs;
    }

    /** What was read. */
    sealed interface Taken {

        /** Something that concerns a request. */
        record Understood(Event event) implements Taken {}

        /** Something that concerns no request that could be told. */
        record Poison(Code code) implements Taken {}
    }

    /** Reads a record of a topic of requests. */
    Taken request(Record<byte[], byte[]> record, RecordMetadata at, long nowMs) {
        Optional<String> id = requestId(record.key(), at);
        if (id.isEmpty()) {
            return new Taken.Poison(Code.INVALID_REQUEST);
        }
        ReplyTo replyTo = Requests.replyTo(id.get(), record.headers(), partitions);
        if (!replyTopics.has(replyTo.topic(), replyTo.partition())) {
            return refused(
                    id.get(),
                    Failure.invalid(
                            HeaderNames.REPLY_TOPIC,
                            "the reply topic does not exist, or may not be used for replies"),
                    replyTo,
                    nowMs);
        }
        try {
            return switch (wire.decode(record.value())) {
                case InferenceRequest request ->
                        request(id.get(), request, record, at, replyTo, nowMs);
                case CancelRequest cancel when record.key() != null ->
                        new Taken.Understood(new Event.CancelArrived(id.get()));
                default -> new Taken.Poison(Code.UNDECODABLE_RECORD);
            };
        } catch (UndecodableException e) {
            return refused(id.get(), Failure.of(code(e.code()), reason(e)), replyTo, nowMs);
        }
    }

    /** Reads a record of the topic of events. */
    Taken event(Record<byte[], byte[]> record) {
        try {
            return new Taken.Understood(
                    Events.read(wire.decode(record.value(), InferenceEvent.class)));
        } catch (UndecodableException e) {
            return new Taken.Poison(code(e.code()));
        } catch (IllegalArgumentException e) {
            return new Taken.Poison(Code.INVALID_REQUEST);
        }
    }

    private Taken request(
            String id,
            InferenceRequest record,
            Record<byte[], byte[]> carrier,
            RecordMetadata at,
            ReplyTo replyTo,
            long nowMs) {
        Optional<Violation> violation = RequestRules.firstViolation(record);
        if (violation.isPresent()) {
            return refused(id, failure(violation.get()), replyTo, nowMs);
        }
        Optional<Request> request;
        try {
            request = Requests.read(id, record, envelope(record, carrier, at, replyTo, nowMs));
        } catch (IllegalArgumentException e) {
            return refused(
                    id, Failure.invalid("input", "breaks a rule of its kind"), replyTo, nowMs);
        }
        return request.<Taken>map(r -> new Taken.Understood(new Event.RequestArrived(r)))
                .orElseGet(() ->
                        refused(
                                id,
                                Failure.of(
                                        Code.UNSUPPORTED_TASK,
                                        "this kind of input is not supported"),
                                replyTo,
                                nowMs));
    }

    private Envelope envelope(
            InferenceRequest record,
            Record<byte[], byte[]> carrier,
            RecordMetadata at,
            ReplyTo replyTo,
            long nowMs) {
        return new Envelope(
                nowMs,
                carrier.timestamp() + allowedMs(record),
                new Origin(at.topic(), at.partition(), at.offset()),
                replyTo,
                Requests.text(carrier.headers().lastHeader(HeaderNames.TRACEPARENT)));
    }

    private long allowedMs(InferenceRequest record) {
        Long asked = record.getDeadlineMs();
        if (asked != null) {
            return asked;
        }
        return record.getInput() instanceof ImageBatchInput ? batchDeadlineMs : defaultDeadlineMs;
    }

    private static Taken refused(String id, Failure failure, ReplyTo replyTo, long nowMs) {
        return new Taken.Understood(new Event.Unusable(id, failure, replyTo, nowMs));
    }

    /** The key; or, where there is none, a name made of the record's place. */
    private static Optional<String> requestId(byte @Nullable [] key, RecordMetadata at) {
        if (key == null) {
            return Optional.of("r-" + at.topic() + "-" + at.partition() + "-" + at.offset());
        }
        try {
            return Optional.of(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(key))
                                    .toString())
                    .filter(RequestId::isUsable);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static Failure failure(Violation violation) {
        return new Failure(
                Code.of(violation.code().wireName()).orElse(Code.INVALID_REQUEST),
                violation.message(),
                Optional.of(violation.param()));
    }

    private static Code code(ErrorCode code) {
        return Code.of(code.wireName()).orElse(Code.UNDECODABLE_RECORD);
    }

    private static String reason(UndecodableException e) {
        return Optional.ofNullable(e.getMessage()).orElse("the record cannot be decoded");
    }
}
