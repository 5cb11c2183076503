package dev.brigade.standalone.saga;

import dev.brigade.contract.request.HeaderNames;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Where a request's headers send its terminal. */
final class ReplyHeaders {

    private ReplyHeaders() {}

    static Optional<Integer> partition(ConsumerRecord<byte[], byte[]> request) {
        Header header = request.headers().lastHeader(HeaderNames.REPLY_PARTITION);
        return Optional.ofNullable(header)
                .map(Header::value)
                .filter(value -> value.length == Integer.BYTES)
                .map(value -> ByteBuffer.wrap(value).getInt());
    }
}
