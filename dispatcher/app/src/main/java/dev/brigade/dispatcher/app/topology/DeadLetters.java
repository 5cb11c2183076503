package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The records of dead letters: bytes as they came, and headers that say whence and why. */
final class DeadLetters {

    private static final byte[] NO_BYTES = {};

    private DeadLetters() {}

    /** Something that was read. */
    static Record<String, Outgoing> of(
            Carrier carrier, byte @Nullable [] key, Code reason, long nowMs) {
        Headers headers = headers(carrier.headers(), reason);
        carrier.at().ifPresent(at -> addOrigin(headers, at));
        String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return new Record<>(
                name, Outgoing.byKey(Topics.DEAD_LETTERS, carrier.bytes()), nowMs, headers);
    }

    /**
     * Something that was sent, to no avail: it can be sent there again as it is.
     *
     * @param topic to which it went
     */
    static Record<String, Outgoing> unheard(
            String topic, String key, byte[] value, Code reason, long nowMs) {
        Headers headers = headers(new RecordHeaders(), reason);
        headers.add(HeaderNames.DLT_ORIGINAL_TOPIC, utf8(topic));
        return new Record<>(key, Outgoing.byKey(Topics.DEAD_LETTERS, value), nowMs, headers);
    }

    private static Headers headers(Headers before, Code reason) {
        return new RecordHeaders(before.toArray()).add(HeaderNames.REASON, utf8(reason.wireName()));
    }

    private static void addOrigin(Headers headers, Origin at) {
        headers.add(HeaderNames.DLT_ORIGINAL_TOPIC, utf8(at.topic()));
        headers.add(
                HeaderNames.DLT_ORIGINAL_PARTITION,
                ByteBuffer.allocate(Integer.BYTES).putInt(at.partition()).array());
        headers.add(
                HeaderNames.DLT_ORIGINAL_OFFSET,
                ByteBuffer.allocate(Long.BYTES).putLong(at.offset()).array());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes in which something came.
     *
     * @param value untouched; null where the record had none
     */
    record Carrier(byte @Nullable [] value, Headers headers, Optional<Origin> at) {

        static final Carrier NONE = new Carrier(null, new RecordHeaders(), Optional.empty());

        /** An open request. */
        static Carrier of(Accepted accepted) {
            return new Carrier(
                    accepted.original(),
                    new RecordHeaders(),
                    Optional.of(accepted.envelope().origin()));
        }

        byte[] bytes() {
            return value == null ? NO_BYTES : value;
        }
    }
}
