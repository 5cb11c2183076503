package dev.brigade.contract.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and refuses those that are not as the catalogue says.
 * Retention may differ: an operator's longer or shorter keeping changes no guarantee.
 */
public final class TopicCheck {

    private static final Set<String> OPERATORS_CHOICE = Set.of("retention.ms", "max.message.bytes");

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final Admin admin;
    private final Optional<Short> replicationFactor;
    private final Duration timeout;

    /**
     * @param replicationFactor of created topics; empty leaves it to the broker's default
     * @param timeout of each call to the broker
     */
    public TopicCheck(Admin admin, Optional<Short> replicationFactor, Duration timeout) {
        this.admin = admin;
        this.replicationFactor = replicationFactor;
        this.timeout = timeout;
    }

    /**
     * Makes sure that every topic exists and is as it must be.
     *
     * @throws TopicMismatchException naming every topic that is not
     * @throws IllegalStateException when the broker does not answer
     */
    public void ensure(Collection<Topic> topics) {
        createMissing(topics);
        List<String> faults = faults(topics);
        if (!faults.isEmpty()) {
            throw new TopicMismatchException(String.join("; ", faults));
        }
    }

    private void createMissing(Collection<Topic> topics) {
        Set<String> present = new HashSet<>(await(admin.listTopics().names(), "list topics"));
        List<NewTopic> missing =
                topics.stream().filter(t -> !present.contains(t.name())).map(this::create).toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                await(created, "create topics");
            } catch (IllegalStateException e) {
                // Another program of the system created it first.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private NewTopic create(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), replicationFactor)
                .configs(topic.configs());
    }

    private List<String> faults(Collection<Topic> topics) {
        List<String> names = topics.stream().map(Topic::name).toList();
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<String, TopicDescription> described =
                awaitKnown(() -> admin.describeTopics(names).allTopicNames(), "describe topics");
        Map<ConfigResource, Config> configs =
                awaitKnown(
                        () -> admin.describeConfigs(resources).all(),
                        "describe topic configurations");
        List<String> faults = new ArrayList<>();
        for (Topic topic : topics) {
            int partitions =
                    Objects.requireNonNull(described.get(topic.name())).partitions().size();
            if (partitions != topic.partitions()) {
                faults.add(
                        "topic %s has %d partitions and must have %d"
                                .formatted(topic.name(), partitions, topic.partitions()));
            }
            Config actual =
                    Objects.requireNonNull(
                            configs.get(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
            topic.configs().forEach((key, wanted) -> compare(topic, key, wanted, actual, faults));
        }
        return faults;
    }

    private static void compare(
            Topic topic, String key, String wanted, Config actual, List<String> faults) {
        ConfigEntry entry = actual.get(key);
        if (!OPERATORS_CHOICE.contains(key) && (entry == null || !wanted.equals(entry.value()))) {
            faults.add(
                    "topic %s has %s=%s and must have %s"
                            .formatted(
                                    topic.name(), key, entry == null ? "" : entry.value(), wanted));
        }
    }

    /** A topic that was just made may for a moment be unknown to the broker that is asked. */
    private <T> T awaitKnown(Supplier<KafkaFuture<T>> ask, String what) {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                return await(ask.get(), what);
            } catch (IllegalStateException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || System.nanoTime() - giveUpAt >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka could not " + what + ": " + e.getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka did not " + what + " within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }
}
