package dev.brigade.dispatcher.app.topology;

import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;

/**
 * What topics are like that others own. A transactional producer stalls on a topic that is not
 * there and fails on one that takes no record of that size, so that one such topic would hold up
 * every request: each is looked up before it is written to.
 */
@FunctionalInterface
public interface ForeignTopics {

    /** What a topic is like; {@link Facts#NONE} where there is none, or Kafka does not say. */
    Facts facts(String topic);

    /** As Kafka says; what it said is kept for a while. */
    static ForeignTopics of(Admin admin) {
        return new KafkaTopics(admin, Clock.systemUTC());
    }

    /**
     * What a topic is like.
     *
     * @param partitions 0 where there is no such topic
     * @param maxRecordBytes of a record, headers and framing included
     */
    record Facts(int partitions, int maxRecordBytes) {

        static final Facts NONE = new Facts(0, 0);
    }
}
