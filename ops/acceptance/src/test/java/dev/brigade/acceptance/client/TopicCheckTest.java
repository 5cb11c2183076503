package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.topic.Topic;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private final String name = "check-" + System.nanoTime();
    private Admin admin;
    private TopicCheck check;

    @BeforeEach
    void connect() {
        admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.address()));
        check = new TopicCheck(admin, Optional.of((short) 1), Duration.ofSeconds(20));
    }

    @AfterEach
    void disconnect() {
        admin.close(Duration.ofSeconds(5));
    }

    @Test
    void missingTopicsAreMadeAsTheCatalogueSaysAndASecondCheckFindsThemRight() throws Exception {
        Topic topic =
                new Topic(name, 2, Map.of("cleanup.policy", "compact", "retention.ms", "1000"));
        check.ensure(List.of(topic));
        check.ensure(List.of(topic));
        check.ensure(Topics.catalogue(SharedBroker.PARTITIONS));

        assertThat(admin.describeTopics(List.of(name)).allTopicNames().get().values())
                .singleElement()
                .satisfies(made -> assertThat(made.partitions()).hasSize(2));
    }

    @Test
    void aWrongNumberOfPartitionsIsRefusedByName() throws Exception {
        create(new NewTopic(name, 1, (short) 1));

        assertThatThrownBy(() -> check.ensure(List.of(new Topic(name, 4, Map.of()))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessage("topic " + name + " has 1 partitions and must have 4");
    }

    @Test
    void aWrongCleanupIsRefusedByNameAndEveryFaultIsTold() throws Exception {
        create(new NewTopic(name, 1, (short) 1));
        create(new NewTopic(name + "-two", 3, (short) 1));
        Map<String, String> compacted = Map.of("cleanup.policy", "compact");

        assertThatThrownBy(() ->
                        check.ensure(
                                List.of(
                                        new Topic(name, 1, compacted),
                                        new Topic(name + "-two", 1, Map.of()))))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(name + " has cleanup.policy=delete and must have compact")
                .hasMessageContaining(name + "-two has 3 partitions and must have 1");
    }

    @Test
    void aRetentionOfTheOperatorsChoiceIsKept() throws Exception {
        create(new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "12345")));
        Topic wanted = new Topic(name, 1, Map.of("retention.ms", "999"));

        assertThatCode(() -> check.ensure(List.of(wanted))).doesNotThrowAnyException();
    }

    @Test
    void withoutABrokerTheCheckEndsInTime() {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 60_000);
        try (Admin lost = Admin.create(nowhere)) {
            TopicCheck impatient = new TopicCheck(lost, Optional.empty(), Duration.ofMillis(500));

            assertThatThrownBy(() -> impatient.ensure(List.of(new Topic(name, 1, Map.of()))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("did not list topics within");
            lost.close(Duration.ZERO);
        }
    }

    private void create(NewTopic topic) throws Exception {
        admin.createTopics(List.of(topic)).all().get();
    }
}
