package dev.brigade.client;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a participant connects and what it allows itself.
 *
 * @param bootstrapServers Kafka's {@code host:port}, comma-separated
 * @param topic the {@code compensation_topic} of presets that it serves
 * @param group consumer group; its members share the work
 * @param schemaRegistryUrl base of a Confluent-compatible API; null for the contract's fixed ids
 * @param handlingTimeout time after which another member may be given what a handler works on
 * @param sendTimeout most time until the broker has stored an answer
 * @param closeTimeout most time to close
 * @param kafka further properties of the Kafka clients, such as {@code security.protocol}
 */
public record ParticipantSettings(
        String bootstrapServers,
        String topic,
        String group,
        @Nullable String schemaRegistryUrl,
        Duration handlingTimeout,
        Duration sendTimeout,
        Duration closeTimeout,
        Map<String, String> kafka) {

    private static final Duration LONGEST = Duration.ofHours(1);

    public ParticipantSettings {
        kafka = Map.copyOf(kafka);
        require(!bootstrapServers.isBlank(), "bootstrapServers must not be empty");
        require(!group.isBlank(), "group must not be empty");
        Topics.participants(topic, 1);
        bounded(handlingTimeout, "handlingTimeout");
        bounded(sendTimeout, "sendTimeout");
        bounded(closeTimeout, "closeTimeout");
    }

    /** Settings with every default. */
    public static ParticipantSettings of(String bootstrapServers, String topic, String group) {
        return builder(bootstrapServers, topic, group).build();
    }

    /** Settings to change from the defaults. */
    public static Builder builder(String bootstrapServers, String topic, String group) {
        return new Builder(bootstrapServers, topic, group);
    }

    private static void bounded(Duration value, String name) {
        require(
                value.compareTo(Duration.ofMillis(100)) >= 0 && value.compareTo(LONGEST) <= 0,
                name + " must be 100 ms to 1 h");
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Collects settings; each begins with its default. */
    public static final class Builder {

        private final String bootstrapServers;
        private final String topic;
        private final String group;
        private @Nullable String schemaRegistryUrl;
        private Duration handlingTimeout = Duration.ofMinutes(5);
        private Duration sendTimeout = Duration.ofSeconds(15);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private final Map<String, String> kafka = new HashMap<>();

        private Builder(String bootstrapServers, String topic, String group) {
            this.bootstrapServers = bootstrapServers;
            this.topic = topic;
            this.group = group;
        }

        public Builder schemaRegistryUrl(@Nullable String value) {
            schemaRegistryUrl = value;
            return this;
        }

        public Builder handlingTimeout(Duration value) {
            handlingTimeout = value;
            return this;
        }

        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        /** A further property of the Kafka clients. */
        public Builder kafka(String name, String value) {
            kafka.put(name, value);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException naming the setting that is out of bounds
         */
        public ParticipantSettings build() {
            return new ParticipantSettings(
                    bootstrapServers,
                    topic,
                    group,
                    schemaRegistryUrl,
                    handlingTimeout,
                    sendTimeout,
                    closeTimeout,
                    kafka);
        }
    }
}
