package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Reply;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives chunks and terminals to the requests that they belong to. The key is looked at first:
 * partitions are shared by many clients, and most records are for others.
 */
final class RecordRouter {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRouter.class);

    private final AvroWire wire;
    private final Function<String, @Nullable OpenRequest> requests;

    RecordRouter(AvroWire wire, Function<String, @Nullable OpenRequest> requests) {
        this.wire = wire;
        this.requests = requests;
    }

    void route(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        OpenRequest request = requests.apply(new String(record.key(), StandardCharsets.UTF_8));
        if (request == null) {
            return;
        }
        if (record.topic().equals(Topics.TOKENS)) {
            chunk(record, request);
        } else {
            reply(record, request);
        }
    }

    private void chunk(ConsumerRecord<byte[], byte[]> record, OpenRequest request) {
        if (!request.streamed()) {
            return;
        }
        try {
            request.take(wire.decode(record.value(), Chunk.class));
        } catch (UndecodableException | RuntimeException e) {
            // The gap that it leaves silences the stream until the terminal brings the text.
            LOG.warn("a chunk of request {} at {} cannot be read", request.id(), place(record), e);
        }
    }

    private void reply(ConsumerRecord<byte[], byte[]> record, OpenRequest request) {
        try {
            request.end(wire.decode(record.value(), Reply.class));
        } catch (UndecodableException | RuntimeException e) {
            LOG.warn("the reply to {} at {} cannot be read", request.id(), place(record), e);
            request.fail(
                    Failure.outcomeUnknown(
                            request.id(),
                            ErrorCode.INTERNAL_ERROR,
                            "the reply at " + place(record) + " cannot be read by this client"));
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }
}
