package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.topic.Topics;

/** Which topics may carry replies. The system's own topics are closed to them. */
final class ReplyTopics {

    /** What the topic of replies takes, less room for headers and framing. */
    static final int MAX_REPLY_BYTES = (4 << 20) - (64 << 10);

    private static final String OWN_PREFIX = "inference.";

    private static final int ROOM_FOR_HEADERS = 16 << 10;

    private final ForeignTopics foreign;
    private final int ownPartitions;

    /**
     * @param ownPartitions partitions of the topic of replies
     */
    ReplyTopics(ForeignTopics foreign, int ownPartitions) {
        this.foreign = foreign;
        this.ownPartitions = ownPartitions;
    }

    /** Whether a reply may be sent there. */
    boolean has(String topic, int partition) {
        return takes(topic, partition, 0);
    }

    /** Whether a reply of some size may be sent there. */
    boolean takes(String topic, int partition, int bytes) {
        if (topic.equals(Topics.REPLIES)) {
            return partition < ownPartitions && bytes <= MAX_REPLY_BYTES;
        }
        if (topic.startsWith(OWN_PREFIX) && !topic.startsWith(Topics.REPLIES + ".")) {
            return false;
        }
        ForeignTopics.Facts facts = foreign.facts(topic);
        return partition < facts.partitions() && bytes + ROOM_FOR_HEADERS <= facts.maxRecordBytes();
    }
}
