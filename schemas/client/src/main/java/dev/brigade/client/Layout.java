package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.ReplyPartition;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a request's records lie.
 *
 * @param requestTopic topic of this client's requests
 * @param requestPartitions its partitions
 * @param replyPartitions partitions of tokens, of replies and of results
 */
record Layout(String requestTopic, int requestPartitions, int replyPartitions) {

    /** What the clock of an id's maker may be ahead of the broker's. */
    static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(1);

    /**
     * Reads the topics' partitions.
     *
     * @throws BrigadeException {@code not_ready} when a topic is missing or they do not match
     */
    static Layout read(Consumer<byte[], byte[]> consumer, String requestTopic) {
        int requests = partitions(consumer, requestTopic);
        int tokens = partitions(consumer, Topics.TOKENS);
        int replies = partitions(consumer, Topics.REPLIES);
        if (tokens != replies) {
            throw notReady(
                    "%s has %d partitions and %s has %d; they must have as many"
                            .formatted(Topics.TOKENS, tokens, Topics.REPLIES, replies));
        }
        return new Layout(requestTopic, requests, replies);
    }

    private static int partitions(Consumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw notReady("topic " + topic + " does not exist; start the dispatcher first");
        }
        return found.size();
    }

    private static BrigadeException notReady(String message) {
        return new BrigadeException(Failure.certain(null, ErrorCode.NOT_READY, message));
    }

    /** Partition of the request itself, and of what is sent after it. */
    TopicPartition request(String id) {
        return new TopicPartition(requestTopic, ReplyPartition.ofKey(id, requestPartitions));
    }

    /** Partition number of chunks and terminal. */
    int replyPartition(String id) {
        return ReplyPartition.of(id, Optional.empty(), replyPartitions);
    }

    TopicPartition tokens(int partition) {
        return new TopicPartition(Topics.TOKENS, partition);
    }

    TopicPartition results(int partition) {
        return new TopicPartition(Topics.RESULTS, partition);
    }

    TopicPartition replies(int partition) {
        return new TopicPartition(Topics.REPLIES, partition);
    }

    /** From when on to read for a request; empty is from the oldest record. */
    static Optional<Instant> since(String id) {
        return RequestId.parse(id).map(parts -> parts.createdAt().minus(CLOCK_ALLOWANCE));
    }
}
