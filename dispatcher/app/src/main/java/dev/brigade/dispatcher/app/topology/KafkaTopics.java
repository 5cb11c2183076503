package dev.brigade.dispatcher.app.topology;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Asks Kafka, at most every half minute for each of the topics last asked for. */
final class KafkaTopics implements ForeignTopics {

    private static final int MAX_KEPT = 1_000;
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Duration LOOK_UP = Duration.ofSeconds(2);

    private final Admin admin;
    private final Clock clock;
    private final Map<String, Known> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    KafkaTopics(Admin admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    @Override
    public synchronized Facts facts(String topic) {
        long now = clock.millis();
        Known answer = known.get(topic);
        if (answer == null || answer.untilMs() < now) {
            answer = new Known(lookUp(topic), now + KEPT.toMillis());
            known.put(topic, answer);
        }
        return answer.facts();
    }

    private Facts lookUp(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var descriptions = admin.describeTopics(List.of(topic)).allTopicNames();
        var configs = admin.describeConfigs(List.of(resource)).all();
        try {
            return new Facts(
                    await(descriptions).values().stream()
                            .mapToInt(t -> t.partitions().size())
                            .sum(),
                    await(configs).values().stream()
                            .flatMap(config -> config.entries().stream())
                            .filter(entry ->
                                    entry.name().equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                            .mapToInt(entry -> Integer.parseInt(entry.value()))
                            .sum());
        } catch (ExecutionException | TimeoutException e) {
            return Facts.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Facts.NONE;
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Known(Facts facts, long untilMs) {}
}
