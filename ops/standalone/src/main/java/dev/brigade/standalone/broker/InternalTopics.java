package dev.brigade.standalone.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka's own topics of groups, transactions and share groups. The broker makes each on first use
 * and retries that user with growing pauses, which costs the very first share group five seconds;
 * made beforehand, with the configuration that the broker would give them, they cost nothing.
 */
final class InternalTopics {

    private static final short ONE_REPLICA = 1;
    private static final long TIMEOUT_S = 20;

    private InternalTopics() {}

    static void create(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(groups(), transactions(), shareGroups()))
                    .all()
                    .get(TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    private static NewTopic groups() {
        return topic("__consumer_offsets", Map.of("cleanup.policy", "compact"));
    }

    private static NewTopic transactions() {
        return topic(
                "__transaction_state",
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "uncompressed",
                        "unclean.leader.election.enable", "false",
                        "min.insync.replicas", "1"));
    }

    private static NewTopic shareGroups() {
        return topic(
                "__share_group_state",
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "min.insync.replicas", "1"));
    }

    private static NewTopic topic(String name, Map<String, String> configs) {
        return new NewTopic(name, BrokerConfig.INTERNAL_PARTITIONS, ONE_REPLICA).configs(configs);
    }
}
