package dev.brigade.client;

import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects and what it allows itself.
 *
 * @param bootstrapServers Kafka's {@code host:port}, comma-separated
 * @param tenant tenant of this client's chats and completions
 * @param schemaRegistryUrl base of a Confluent-compatible API; null for the contract's fixed ids
 * @param requestTopic where requests go: {@code inference.requests} or a tenant's
 * @param connectTimeout most time to open the client
 * @param sendTimeout most time until the broker has stored a request
 * @param defaultDeadline time allowed to a request that names none; a batch of images has 24 h
 * @param replyGrace time past its deadline after which a request without a terminal is given up
 * @param lookupTimeout most time to read the log for {@code find} and {@code models}
 * @param closeTimeout most time to close
 * @param maxOpenRequests most requests without an answer
 * @param maxFollowers most earlier requests and batches followed at the same time, and as many
 *     looked up
 * @param maxStreamedChars most characters kept of all open streams together; a stream that does not
 *     fit is silent until its terminal, which brings the whole text
 * @param payloads where large images and vectors lie: an absolute folder that workers share, or
 *     {@code s3://bucket/prefix}; without one they must fit a record
 * @param kafka further properties of the Kafka clients, such as {@code security.protocol}
 */
public record ClientSettings(
        String bootstrapServers,
        String tenant,
        @Nullable String schemaRegistryUrl,
        String requestTopic,
        Duration connectTimeout,
        Duration sendTimeout,
        Duration defaultDeadline,
        Duration replyGrace,
        Duration lookupTimeout,
        Duration closeTimeout,
        int maxOpenRequests,
        int maxFollowers,
        long maxStreamedChars,
        Optional<String> payloads,
        Map<String, String> kafka) {

    public ClientSettings {
        kafka = Map.copyOf(kafka);
        require(!bootstrapServers.isBlank(), "bootstrapServers must not be empty");
        require(RequestId.isUsable(tenant), "tenant must be 1 to 200 characters");
        require(
                Topics.REQUESTS_PATTERN.matcher(requestTopic).matches(),
                "requestTopic must be inference.requests or inference.requests.<tenant>");
        positive(connectTimeout, "connectTimeout");
        positive(sendTimeout, "sendTimeout");
        positive(defaultDeadline, "defaultDeadline");
        positive(replyGrace, "replyGrace");
        positive(lookupTimeout, "lookupTimeout");
        positive(closeTimeout, "closeTimeout");
        require(maxOpenRequests >= 1, "maxOpenRequests must be at least 1");
        require(maxFollowers >= 1, "maxFollowers must be at least 1");
        require(maxStreamedChars >= 1, "maxStreamedChars must be at least 1");
    }

    /** Settings with every default. */
    public static ClientSettings of(String bootstrapServers) {
        return builder(bootstrapServers).build();
    }

    /** Settings to change from the defaults. */
    public static Builder builder(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /** Time allowed to a request that names none. */
    Duration deadlineOf(InferenceRequest request) {
        return request.getInput() instanceof ImageBatchInput
                ? ImageBatchRequest.DEFAULT_DEADLINE
                : defaultDeadline;
    }

    /** What to say when the broker does not answer. */
    String unreachable() {
        return "Kafka at %s does not answer within %d ms"
                .formatted(bootstrapServers, connectTimeout.toMillis());
    }

    private static void positive(Duration value, String name) {
        require(
                value.isPositive() && value.compareTo(Duration.ofDays(2)) <= 0,
                name + " must be above 0 and at most 2 days");
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Collects settings; each begins with its default. */
    public static final class Builder {

        private final String bootstrapServers;
        private String tenant = "default";
        private @Nullable String schemaRegistryUrl;
        private String requestTopic = Topics.REQUESTS;
        private Duration connectTimeout = Duration.ofSeconds(15);
        private Duration sendTimeout = Duration.ofSeconds(15);
        private Duration defaultDeadline = Duration.ofMinutes(2);
        private Duration replyGrace = Duration.ofSeconds(10);
        private Duration lookupTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private int maxOpenRequests = 10_000;
        private int maxFollowers = 64;
        private long maxStreamedChars = 64L << 20;
        private Optional<String> payloads = Optional.empty();
        private final Map<String, String> kafka = new HashMap<>();

        private Builder(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
        }

        public Builder tenant(String value) {
            tenant = value;
            return this;
        }

        public Builder schemaRegistryUrl(@Nullable String value) {
            schemaRegistryUrl = value;
            return this;
        }

        public Builder requestTopic(String value) {
            requestTopic = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        public Builder defaultDeadline(Duration value) {
            defaultDeadline = value;
            return this;
        }

        public Builder replyGrace(Duration value) {
            replyGrace = value;
            return this;
        }

        public Builder lookupTimeout(Duration value) {
            lookupTimeout = value;
            return this;
        }

        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        public Builder maxOpenRequests(int value) {
            maxOpenRequests = value;
            return this;
        }

        public Builder maxFollowers(int value) {
            maxFollowers = value;
            return this;
        }

        public Builder maxStreamedChars(long value) {
            maxStreamedChars = value;
            return this;
        }

        /** Where large images and vectors lie. */
        public Builder payloads(String location) {
            return payloads(Optional.of(location));
        }

        /** Where large images and vectors lie; empty is nowhere. */
        public Builder payloads(Optional<String> location) {
            payloads = location;
            return this;
        }

        /** A further property of the Kafka clients. */
        public Builder kafka(String name, String value) {
            kafka.put(name, value);
            return this;
        }

        /** Further properties of the Kafka clients. */
        public Builder kafka(Map<String, String> values) {
            kafka.putAll(values);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException naming the setting that is out of bounds
         */
        public ClientSettings build() {
            return new ClientSettings(
                    bootstrapServers,
                    tenant,
                    schemaRegistryUrl,
                    requestTopic,
                    connectTimeout,
                    sendTimeout,
                    defaultDeadline,
                    replyGrace,
                    lookupTimeout,
                    closeTimeout,
                    maxOpenRequests,
                    maxFollowers,
                    maxStreamedChars,
                    payloads,
                    kafka);
        }
    }
}
