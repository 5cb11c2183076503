package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Which topics may carry replies. A transactional producer stalls on a topic that is not there, so
 * that one request with a wrong reply topic would hold up every other: each topic is looked up
 * before it is used, and answers are kept for a while. The system's own topics are closed to
 * replies.
 */
public final class ReplyTopics {

    private static final int MAX_KEPT = 1_000;
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Duration LOOK_UP = Duration.ofSeconds(2);
    private static final String OWN_PREFIX = "inference.";

    private final Admin admin;
    private final int ownPartitions;
    private final Clock clock;
    private final Map<String, Known> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /**
     * @param ownPartitions partitions of the topic of replies
     */
    public ReplyTopics(Admin admin, int ownPartitions, Clock clock) {
        this.admin = admin;
        this.ownPartitions = ownPartitions;
        this.clock = clock;
    }

    /** Whether a reply may be sent there. */
    boolean has(String topic, int partition) {
        if (topic.equals(Topics.REPLIES)) {
            return partition < ownPartitions;
        }
        if (topic.startsWith(OWN_PREFIX) && !topic.startsWith(Topics.REPLIES + ".")) {
            return false;
        }
        return partition < partitions(topic);
    }

    private synchronized int partitions(String topic) {
        long now = clock.millis();
        Known answer = known.get(topic);
        if (answer == null || answer.untilMs() < now) {
            answer = new Known(lookUp(topic), now + KEPT.toMillis());
            known.put(topic, answer);
        }
        return answer.partitions();
    }

    private int lookUp(String topic) {
        try {
            Map<String, TopicDescription> found =
                    admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
            return found.values().stream().mapToInt(t -> t.partitions().size()).sum();
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private record Known(int partitions, long untilMs) {}
}
