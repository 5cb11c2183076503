package dev.brigade.contract.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of the topics and, by {@link #catalogue}, what each must be like. */
public final class Topics {

    public static final String REQUESTS = "inference.requests";
    public static final String QUEUE = "inference.queue";
    public static final String MODEL_PREFIX = "inference.model.";
    public static final String EVENTS = "inference.events";
    public static final String TOKENS = "inference.tokens";
    public static final String REPLIES = "inference.replies";
    public static final String CONTROL = "inference.control";
    public static final String WORKERS = "inference.workers";
    public static final String MODELS = "inference.models";
    public static final String COMPENSATIONS = "inference.compensations";
    public static final String DEAD_LETTERS = "inference.dead-letters";
    public static final String USAGE = "inference.usage";
    public static final String CLAIMS = "inference.claims";
    public static final String RESULTS = "inference.results";

    /** The REST adapter's own: uploaded files. */
    public static final String FILES = "inference.files";

    /** The REST adapter's own: batches of requests. */
    public static final String BATCHES = "inference.batches";

    /** The topic of requests and, with a dot and a tenant's name behind, those of tenants. */
    public static final Pattern REQUESTS_PATTERN =
            Pattern.compile("inference\\.requests(\\.[a-zA-Z0-9_-]+)?");

    /** A topic of the application's own that participants read compensations from. */
    private static final Pattern PARTICIPANT =
            Pattern.compile("(?!inference\\.(?!compensations\\.))[A-Za-z0-9][A-Za-z0-9._-]{0,248}");

    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int MAX_RECORD_BYTES = 4 << 20;

    private Topics() {}

    /**
     * The topic of a model's jobs.
     *
     * @throws IllegalArgumentException when the id cannot be part of a topic name
     */
    public static String model(String modelId) {
        if (!MODEL_ID.matcher(modelId).matches()) {
            throw new IllegalArgumentException(
                    "a model id is 1 to 128 letters, digits, dots, dashes and underscores");
        }
        return MODEL_PREFIX + modelId;
    }

    /** The share group of a model's workers. */
    public static String workersGroup(String modelId) {
        return "workers." + modelId;
    }

    /**
     * What the topic of a model's jobs must be like; one partition, since more starve share
     * consumers.
     */
    public static Topic modelTopic(String modelId) {
        return new Topic(model(modelId), 1, appended(deleted(Duration.ofDays(1))));
    }

    /**
     * What a topic must be like that a preset names as its {@code compensation_topic}.
     *
     * @throws IllegalArgumentException when the name is no topic name, or one of this catalogue's
     */
    public static Topic participants(String name, int partitions) {
        if (!PARTICIPANT.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a compensation topic is 1 to 249 letters, digits, dots, dashes and underscores,"
                            + " and begins with inference. only as inference.compensations.<name>");
        }
        return new Topic(name, partitions, deleted(Duration.ofDays(7)));
    }

    /** What a tenant's topic of requests must be like. */
    public static Topic tenantRequests(String tenant, int partitions) {
        return new Topic(
                REQUESTS + "." + tenant, partitions, appended(deleted(Duration.ofDays(7))));
    }

    /** Topics that only the REST adapter reads and writes, and makes sure of itself. */
    public static List<Topic> ofRestAdapter() {
        return List.of(new Topic(FILES, 1, compacted()), new Topic(BATCHES, 1, compacted()));
    }

    /**
     * Every fixed topic.
     *
     * @param partitions partitions of those that scale, 1 to 4096; requests, events, tokens,
     *     results and replies have the same number, since a request's state lives on one
     */
    public static List<Topic> catalogue(int partitions) {
        if (partitions < 1 || partitions > 4096) {
            throw new IllegalArgumentException("partitions must be 1 to 4096, not " + partitions);
        }
        return List.of(
                new Topic(REQUESTS, partitions, appended(deleted(Duration.ofDays(7)))),
                new Topic(EVENTS, partitions, deleted(Duration.ofDays(1))),
                new Topic(QUEUE, partitions, deleted(Duration.ofDays(1))),
                new Topic(CLAIMS, partitions, deleted(Duration.ofDays(1))),
                new Topic(TOKENS, partitions, appended(deleted(Duration.ofHours(1)))),
                new Topic(REPLIES, partitions, appended(deleted(Duration.ofDays(7)))),
                new Topic(RESULTS, partitions, appended(deleted(Duration.ofDays(7)))),
                new Topic(CONTROL, 1, deleted(Duration.ofHours(1))),
                new Topic(WORKERS, 1, compacted()),
                new Topic(MODELS, 1, compacted()),
                new Topic(COMPENSATIONS, partitions, deleted(Duration.ofDays(7))),
                new Topic(DEAD_LETTERS, 1, deleted(Duration.ofDays(30))),
                new Topic(USAGE, partitions, deleted(Duration.ofDays(30))));
    }

    private static Map<String, String> deleted(Duration retention) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(retention.toMillis()),
                "max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
    }

    private static Map<String, String> compacted() {
        return appended(Map.of("cleanup.policy", "compact"));
    }

    /** Deadlines and reads by time count on the broker's clock, whatever the writer's says. */
    private static Map<String, String> appended(Map<String, String> configs) {
        var all = new java.util.HashMap<>(configs);
        all.put("message.timestamp.type", "LogAppendTime");
        return all;
    }
}
