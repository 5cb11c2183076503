package dev.brigade.dispatcher.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Requests for tests: a chat for any model, with changes. */
public final class TestingRequest {

    private final String id;
    private String tenant = "acme";
    private Input input = new Input.Chat(List.of(Message.of("user", "What is Kafka?")));
    private Sampling sampling = Sampling.DEFAULTS;
    private @Nullable String model;
    private @Nullable String taskType;
    private @Nullable String role;
    private @Nullable String mode;
    private @Nullable String preset;
    private @Nullable String idempotencyKey;
    private Priority priority = Priority.NORMAL;
    private long receivedAtMs;
    private long deadlineAtMs = 120_000;
    private List<String> capabilities = List.of();
    private OptionalDouble maxCost = OptionalDouble.empty();
    private OptionalInt maxTotalTokens = OptionalInt.empty();
    private boolean stream = true;
    private boolean streamStages;
    private boolean allowSmallerMode;

    private TestingRequest(String id) {
        this.id = id;
    }

    public static TestingRequest request(String id) {
        return new TestingRequest(id);
    }

    public TestingRequest tenant(String value) {
        tenant = value;
        return this;
    }

    public TestingRequest input(Input value) {
        input = value;
        return this;
    }

    public TestingRequest maxTokens(int value) {
        Sampling s = Sampling.DEFAULTS;
        sampling =
                new Sampling(
                        s.temperature(),
                        s.topP(),
                        s.topK(),
                        s.minP(),
                        OptionalInt.of(value),
                        s.stop(),
                        s.seed(),
                        s.presencePenalty(),
                        s.frequencyPenalty(),
                        s.repeatPenalty(),
                        s.responseFormat());
        return this;
    }

    public TestingRequest json() {
        Sampling s = Sampling.DEFAULTS;
        sampling =
                new Sampling(
                        OptionalDouble.of(0),
                        s.topP(),
                        s.topK(),
                        s.minP(),
                        s.maxTokens(),
                        List.of("stop"),
                        s.seed(),
                        s.presencePenalty(),
                        s.frequencyPenalty(),
                        s.repeatPenalty(),
                        new ResponseFormat(
                                ResponseFormat.Kind.JSON_SCHEMA,
                                Optional.of("{\"type\":\"object\"}")));
        return this;
    }

    public TestingRequest model(String value) {
        model = value;
        return this;
    }

    public TestingRequest taskType(String value) {
        taskType = value;
        return this;
    }

    public TestingRequest role(String value) {
        role = value;
        return this;
    }

    public TestingRequest mode(String value) {
        mode = value;
        return this;
    }

    public TestingRequest preset(String value) {
        preset = value;
        return this;
    }

    public TestingRequest idempotencyKey(String value) {
        idempotencyKey = value;
        return this;
    }

    public TestingRequest priority(Priority value) {
        priority = value;
        return this;
    }

    public TestingRequest receivedAtMs(long value) {
        receivedAtMs = value;
        return this;
    }

    public TestingRequest deadlineAtMs(long value) {
        deadlineAtMs = value;
        return this;
    }

    public TestingRequest capabilities(String... values) {
        capabilities = List.of(values);
        return this;
    }

    public TestingRequest maxCost(double value) {
        maxCost = OptionalDouble.of(value);
        return this;
    }

    public TestingRequest maxTotalTokens(int value) {
        maxTotalTokens = OptionalInt.of(value);
        return this;
    }

    public TestingRequest stream(boolean value) {
        stream = value;
        return this;
    }

    public TestingRequest streamStages() {
        streamStages = true;
        return this;
    }

    public TestingRequest allowSmallerMode() {
        allowSmallerMode = true;
        return this;
    }

    /** A map over these items. */
    public TestingRequest items(String... items) {
        return input(new Input.Map(List.of(Message.of("system", "Answer.")), List.of(items)))
                .mode("map");
    }

    public Request build() {
        return new Request(
                id,
                tenant,
                input,
                sampling,
                Optional.ofNullable(model),
                Optional.ofNullable(taskType),
                Optional.ofNullable(role),
                Optional.ofNullable(mode),
                Optional.ofNullable(preset),
                priority,
                receivedAtMs,
                deadlineAtMs,
                maxCost,
                Optional.empty(),
                capabilities,
                Optional.ofNullable(idempotencyKey),
                stream,
                Map.of("project", "tests"),
                new Origin("inference.requests", 1, 7),
                ReplyTo.of(
                        "inference.replies", 2, Map.of("kafka_correlationId", new byte[] {0, -1})),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                streamStages,
                allowSmallerMode,
                maxTotalTokens);
    }

    /** A job of the request's only stage. */
    public Job job(String model) {
        Request request = build();
        return new Job(
                Job.idOf(id, "answer", 1),
                id,
                "answer",
                1,
                model,
                tenant,
                priority,
                input,
                sampling,
                request.deadlineAtMs(),
                1,
                2,
                true,
                Optional.empty(),
                true,
                false,
                OptionalInt.empty());
    }
}
