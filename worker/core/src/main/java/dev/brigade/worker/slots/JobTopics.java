package dev.brigade.worker.slots;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.worker.outbox.Outbox;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * How a worker reaches jobs, and tells what becomes of them.
 *
 * @param client connection properties, by Kafka's names
 */
public record JobTopics(
        String workerId,
        Map<String, Object> client,
        Admin admin,
        TopicCheck topics,
        AvroWire wire,
        Outbox outbox,
        Clock clock) {

    public JobTopics {
        client = Map.copyOf(client);
    }
}
