package dev.brigade.contract.request;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** The partition on which a request's chunks and reply are published. */
public final class ReplyPartition {

    private ReplyPartition() {}

    /**
     * The one asked for by header; else the one that the id carries; else the one that Kafka's own
     * partitioner gives the key.
     *
     * @param asked value of {@link HeaderNames#REPLY_PARTITION}
     * @param partitions partitions of the reply topic
     */
    public static int of(String requestId, Optional<Integer> asked, int partitions) {
        return asked.filter(p -> p >= 0 && p < partitions)
                .or(() -> RequestId.parse(requestId).map(id -> id.replyPartition() % partitions))
                .orElseGet(() -> ofKey(requestId, partitions));
    }

    /** The partition that Kafka's default partitioner gives a key. */
    public static int ofKey(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
