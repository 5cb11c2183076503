package dev.brigade.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    @Test
    void whatBelongsToARequestHasTheSameNumberOfPartitions() {
        Map<String, Topic> topics = byName(Topics.catalogue(7));

        assertThat(
                        List.of(
                                Topics.REQUESTS,
                                Topics.EVENTS,
                                Topics.QUEUE,
                                Topics.TOKENS,
                                Topics.RESULTS,
                                Topics.REPLIES))
                .allSatisfy(
                        name -> assertThat(topic(topics, name).partitions()).as(name).isEqualTo(7));
        assertThat(Topics.tenantRequests("acme", 7).partitions()).isEqualTo(7);
    }

    @Test
    void statesAreCompactedAndStreamsAreDeleted() {
        Map<String, Topic> topics = byName(Topics.catalogue(4));

        topics.forEach((name, topic) -> {
            boolean state = name.equals(Topics.WORKERS) || name.equals(Topics.MODELS);
            assertThat(topic.configs())
                    .as(name)
                    .containsEntry("cleanup.policy", state ? "compact" : "delete");
        });
        assertThat(topic(topics, Topics.TOKENS).configs()).containsEntry("retention.ms", "3600000");
        assertThat(topic(topics, Topics.REQUESTS).configs())
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void theRestAdaptersOwnStatesAreCompactedAndNotEveryonesTopics() {
        assertThat(Topics.ofRestAdapter())
                .extracting(Topic::name, Topic::partitions)
                .containsExactly(tuple("inference.files", 1), tuple("inference.batches", 1));
        assertThat(Topics.ofRestAdapter())
                .allSatisfy(topic ->
                        assertThat(topic.configs()).containsEntry("cleanup.policy", "compact"));
        assertThat(byName(Topics.catalogue(4))).doesNotContainKeys(Topics.FILES, Topics.BATCHES);
    }

    @Test
    void aModelsJobsLieOnOnePartition() {
        assertThat(Topics.modelTopic("qwen2.5-7b").partitions()).isEqualTo(1);
        assertThat(Topics.modelTopic("qwen2.5-7b").name()).isEqualTo("inference.model.qwen2.5-7b");
        assertThat(Topics.workersGroup("m")).isEqualTo("workers.m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "../x", "a b", "a/b", "ü", "-a"})
    void aModelIdThatIsNoTopicNameIsRefused(String id) {
        assertThatThrownBy(() -> Topics.model(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.undo", "inference.compensations.orders", "inferences"})
    void participantsReadATopicOfTheApplicationsOwn(String name) {
        assertThat(Topics.participants(name, 3).name()).isEqualTo(name);
        assertThat(Topics.participants(name, 3).configs())
                .containsEntry("cleanup.policy", "delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a b",
                "inference.replies",
                "inference.compensations",
                "inference.model.x"
            })
    void aTopicOfTheCatalogueIsNoneOfParticipants(String name) {
        assertThatThrownBy(() -> Topics.participants(name, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4097})
    void aNumberOfPartitionsOutOfBoundsIsRefused(int partitions) {
        assertThatThrownBy(() -> Topics.catalogue(partitions))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requestTopicsAreTheCommonOneAndThoseOfTenants() {
        assertThat("inference.requests").matches(Topics.REQUESTS_PATTERN);
        assertThat("inference.requests.acme").matches(Topics.REQUESTS_PATTERN);
        assertThat("inference.requests.").doesNotMatch(Topics.REQUESTS_PATTERN);
        assertThat("inference.requestsX").doesNotMatch(Topics.REQUESTS_PATTERN);
        assertThat("inference.replies").doesNotMatch(Topics.REQUESTS_PATTERN);
    }

    private static Topic topic(Map<String, Topic> topics, String name) {
        return Objects.requireNonNull(topics.get(name), name);
    }

    private static Map<String, Topic> byName(List<Topic> topics) {
        return topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
    }
}
