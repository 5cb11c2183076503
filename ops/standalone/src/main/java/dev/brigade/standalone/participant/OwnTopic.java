package dev.brigade.standalone.participant;

import dev.brigade.contract.topic.Topic;
import dev.brigade.contract.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic on which a participant hears what to undo. */
final class OwnTopic {

    private static final int PARTITIONS = 4;
    private static final short BROKERS_DEFAULT = -1;
    private static final long LIMIT_SECONDS = 15;

    private OwnTopic() {}

    /** Creates it unless it is there; one that is may have any number of partitions. */
    static void create(String bootstrapServers, String name)
            throws IOException, InterruptedException {
        Topic wanted = Topics.participants(name, PARTITIONS);
        Map<String, Object> kafka =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "request.timeout.ms", "5000",
                        "default.api.timeout.ms", "10000");
        try (Admin admin = Admin.create(kafka)) {
            NewTopic topic =
                    new NewTopic(wanted.name(), wanted.partitions(), BROKERS_DEFAULT)
                            .configs(wanted.configs());
            admin.createTopics(List.of(topic)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unmade(bootstrapServers, name, e);
            }
        } catch (TimeoutException e) {
            throw unmade(bootstrapServers, name, e);
        }
    }

    private static IOException unmade(String bootstrapServers, String name, Exception why) {
        return new IOException(
                "topic %s could not be made at Kafka's %s: %s"
                        .formatted(name, bootstrapServers, why.getMessage()),
                why);
    }
}
