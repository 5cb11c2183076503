package dev.brigade.dispatcher.app.mapping;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.ResponseFormat;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.schema.InferenceRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads requests of the contract into the core's. */
public final class Requests {

    private static final List<String> COPIED_TO_REPLY =
            List.of(HeaderNames.CORRELATION_ID, HeaderNames.TRACEPARENT);

    private Requests() {}

    /**
     * The core's request; empty for a kind of input that this dispatcher does not know.
     *
     * @throws IllegalArgumentException when the input breaks a rule of its kind
     */
    public static Optional<Request> read(String id, InferenceRequest record, Envelope envelope) {
        return Inputs.read(record.getInput()).map(input -> request(id, record, input, envelope));
    }

    /**
     * Where the reply goes, by the record's headers.
     *
     * @param partitions partitions of the tokens topic
     */
    public static ReplyTo replyTo(String id, Headers headers, int partitions) {
        String topic = text(headers.lastHeader(HeaderNames.REPLY_TOPIC)).orElse(Topics.REPLIES);
        Optional<Integer> asked = number(headers.lastHeader(HeaderNames.REPLY_PARTITION));
        Map<String, byte[]> copied = new TreeMap<>();
        for (String name : COPIED_TO_REPLY) {
            Header header = headers.lastHeader(name);
            if (header != null && header.value() != null) {
                copied.put(name, header.value());
            }
        }
        return ReplyTo.of(topic, ReplyPartition.of(id, asked, partitions), copied);
    }

    /** A header's text. */
    public static Optional<String> text(@Nullable Header header) {
        return Optional.ofNullable(header)
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static Optional<Integer> number(@Nullable Header header) {
        return Optional.ofNullable(header)
                .map(Header::value)
                .filter(value -> value.length == Integer.BYTES)
                .map(value -> ByteBuffer.wrap(value).getInt());
    }

    private static Request request(
            String id, InferenceRequest record, Input input, Envelope envelope) {
        return new Request(
                id,
                record.getTenant(),
                input,
                sampling(record.getSampling()),
                Optional.ofNullable(record.getModel()),
                Optional.ofNullable(record.getTaskType()),
                Optional.ofNullable(record.getRole()),
                Optional.ofNullable(record.getOrchestrationMode()),
                Optional.ofNullable(record.getPreset()),
                Priority.valueOf(record.getPriority().name()),
                envelope.receivedAtMs(),
                envelope.deadlineAtMs(),
                Nullables.doubleOf(record.getMaxCost()),
                Optional.ofNullable(record.getRoutingStrategy()),
                record.getRequiredCapabilities(),
                Optional.ofNullable(record.getIdempotencyKey()),
                record.getStream(),
                record.getMetadata(),
                envelope.origin(),
                envelope.replyTo(),
                envelope.traceparent(),
                record.getStreamStages(),
                record.getAllowSmallerMode(),
                Nullables.intOf(record.getMaxTotalTokens()));
    }

    static Sampling sampling(dev.brigade.schema.@Nullable Sampling record) {
        if (record == null) {
            return Sampling.DEFAULTS;
        }
        return new Sampling(
                Nullables.doubleOf(record.getTemperature()),
                Nullables.doubleOf(record.getTopP()),
                Nullables.intOf(record.getTopK()),
                Nullables.doubleOf(record.getMinP()),
                Nullables.intOf(record.getMaxTokens()),
                record.getStop(),
                Nullables.longOf(record.getSeed()),
                Nullables.doubleOf(record.getPresencePenalty()),
                Nullables.doubleOf(record.getFrequencyPenalty()),
                Nullables.doubleOf(record.getRepeatPenalty()),
                responseFormat(record.getResponseFormat()));
    }

    private static ResponseFormat responseFormat(
            dev.brigade.schema.@Nullable ResponseFormat record) {
        return record == null
                ? ResponseFormat.TEXT
                : new ResponseFormat(
                        ResponseFormat.Kind.valueOf(record.getType().name()),
                        Optional.ofNullable(record.getJsonSchema()));
    }
}
