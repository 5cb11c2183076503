package dev.brigade.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.ResponseFormatType;
import dev.brigade.schema.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRulesTest {

    private static final Message HELLO = new Message("user", "hello", null);
    private static final String LONG = "x".repeat(201);

    @ParameterizedTest
    @MethodSource("kept")
    void aRequestWithinBoundsIsTaken(String what, InferenceRequest request) {
        assertThat(RequestRules.firstViolation(request)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aRequestOutOfBoundsIsRefusedByField(String param, InferenceRequest request) {
        assertThat(RequestRules.firstViolation(request))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(violation.param()).isEqualTo(param);
                    assertThat(violation.message()).startsWith(param + " ");
                });
    }

    @Test
    void theMessageNeverHoldsTheFieldsText() {
        InferenceRequest request = chat(new Message("secret-role", "secret words", null));

        assertThat(RequestRules.firstViolation(request).orElseThrow().message())
                .doesNotContain("secret");
    }

    @Test
    void theFirstViolationIsTold() {
        InferenceRequest request =
                InferenceRequest.newBuilder()
                        .setInput(new ChatInput(List.of()))
                        .setModel("")
                        .build();

        assertThat(RequestRules.firstViolation(request).orElseThrow().param())
                .isEqualTo("messages");
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of("one message", chat(HELLO)),
                Arguments.of(
                        "every role",
                        chat(
                                Stream.of("system", "developer", "user", "assistant", "tool")
                                        .map(role -> new Message(role, "x", "name"))
                                        .toArray(Message[]::new))),
                Arguments.of("2048 messages", chat(times(2048))),
                Arguments.of("completion", input(new CompletionInput(" ", true))),
                Arguments.of("least temperature", sampling(s -> s.setTemperature(0.0))),
                Arguments.of("most temperature", sampling(s -> s.setTemperature(2.0))),
                Arguments.of("least top_p", sampling(s -> s.setTopP(1e-9))),
                Arguments.of("most top_p", sampling(s -> s.setTopP(1.0))),
                Arguments.of("most tokens", sampling(s -> s.setMaxTokens(131_072))),
                Arguments.of("four stops", sampling(s -> s.setStop(List.of("a", "b", "c", "d")))),
                Arguments.of(
                        "schema",
                        sampling(s ->
                                s.setResponseFormat(
                                        new ResponseFormat(ResponseFormatType.JSON_SCHEMA, "{}")))),
                Arguments.of("a day", request(r -> r.setDeadlineMs(86_400_000L))),
                Arguments.of("mode", request(r -> r.setOrchestrationMode("debate"))),
                Arguments.of("least tokens", request(r -> r.setMaxTotalTokens(1))),
                Arguments.of("most tokens in all", request(r -> r.setMaxTotalTokens(10_000_000))),
                Arguments.of("preset", request(r -> r.setPreset("D2"))),
                Arguments.of("preset, any model", request(r -> r.setPreset("D2").setModel("auto"))),
                Arguments.of("one item", map(List.of(), "a")),
                Arguments.of("items behind messages", map(List.of(HELLO), "a", "b")),
                Arguments.of("256 items", map(List.of(), items(256))),
                Arguments.of("a long item", map(List.of(), "x".repeat(100_000))),
                Arguments.of("16 entries", request(r -> r.setMetadata(entries(16)))));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("messages", chat()),
                Arguments.of("messages", chat(times(2049))),
                Arguments.of("messages[1].role", chat(HELLO, new Message("robot", "x", null))),
                Arguments.of("messages[0].content", chat(new Message("user", "", null))),
                Arguments.of("messages[0].content", chat(new Message("user", " \n", null))),
                Arguments.of("messages[0].name", chat(new Message("user", "x", LONG))),
                Arguments.of("prompt", input(new CompletionInput("", false))),
                Arguments.of("temperature", sampling(s -> s.setTemperature(-0.1))),
                Arguments.of("temperature", sampling(s -> s.setTemperature(2.1))),
                Arguments.of("temperature", sampling(s -> s.setTemperature(Double.NaN))),
                Arguments.of(
                        "temperature", sampling(s -> s.setTemperature(Double.POSITIVE_INFINITY))),
                Arguments.of("top_p", sampling(s -> s.setTopP(0.0))),
                Arguments.of("top_p", sampling(s -> s.setTopP(1.1))),
                Arguments.of("top_k", sampling(s -> s.setTopK(-1))),
                Arguments.of("top_k", sampling(s -> s.setTopK(1001))),
                Arguments.of("min_p", sampling(s -> s.setMinP(1.1))),
                Arguments.of("max_tokens", sampling(s -> s.setMaxTokens(0))),
                Arguments.of("max_tokens", sampling(s -> s.setMaxTokens(131_073))),
                Arguments.of("presence_penalty", sampling(s -> s.setPresencePenalty(-2.1))),
                Arguments.of("frequency_penalty", sampling(s -> s.setFrequencyPenalty(2.1))),
                Arguments.of("repeat_penalty", sampling(s -> s.setRepeatPenalty(0.0))),
                Arguments.of("stop", sampling(s -> s.setStop(List.of("a", "b", "c", "d", "e")))),
                Arguments.of("stop", sampling(s -> s.setStop(List.of("")))),
                Arguments.of("stop", sampling(s -> s.setStop(List.of("x".repeat(257))))),
                Arguments.of(
                        "response_format",
                        sampling(s ->
                                s.setResponseFormat(
                                        new ResponseFormat(ResponseFormatType.JSON_SCHEMA, null)))),
                Arguments.of(
                        "response_format",
                        sampling(s ->
                                s.setResponseFormat(
                                        new ResponseFormat(ResponseFormatType.TEXT, "{}")))),
                Arguments.of("model", request(r -> r.setModel(""))),
                Arguments.of("model", request(r -> r.setModel(LONG))),
                Arguments.of("tenant", request(r -> r.setTenant(""))),
                Arguments.of("task_type", request(r -> r.setTaskType("a\nb"))),
                Arguments.of("role", request(r -> r.setRole(""))),
                Arguments.of("preset", request(r -> r.setPreset(""))),
                Arguments.of("routing_strategy", request(r -> r.setRoutingStrategy(LONG))),
                Arguments.of("idempotency_key", request(r -> r.setIdempotencyKey(""))),
                Arguments.of("deadline_ms", request(r -> r.setDeadlineMs(0L))),
                Arguments.of("deadline_ms", request(r -> r.setDeadlineMs(86_400_001L))),
                Arguments.of("max_cost", request(r -> r.setMaxCost(-0.01))),
                Arguments.of("max_cost", request(r -> r.setMaxCost(Double.NaN))),
                Arguments.of("orchestration_mode", request(r -> r.setOrchestrationMode("solo"))),
                Arguments.of("orchestration_mode", request(r -> r.setOrchestrationMode("map"))),
                Arguments.of("orchestration_mode", ofItems(null)),
                Arguments.of("orchestration_mode", ofItems("ensemble")),
                Arguments.of("model", request(r -> r.setPreset("D2").setModel("phi-4"))),
                Arguments.of("max_total_tokens", request(r -> r.setMaxTotalTokens(0))),
                Arguments.of("max_total_tokens", request(r -> r.setMaxTotalTokens(10_000_001))),
                Arguments.of("items", map(List.of(HELLO))),
                Arguments.of("items", map(List.of(), items(257))),
                Arguments.of("items[1]", map(List.of(), "a", "")),
                Arguments.of("items[0]", map(List.of(), " \n")),
                Arguments.of("items[1]", map(List.of(), "a", "x".repeat(100_001))),
                Arguments.of("messages", map(List.of(times(2049)), "a")),
                Arguments.of(
                        "messages[0].content", map(List.of(new Message("user", "", null)), "a")),
                Arguments.of(
                        "required_capabilities",
                        request(r -> r.setRequiredCapabilities(Collections.nCopies(17, "chat")))),
                Arguments.of("metadata", request(r -> r.setMetadata(entries(17)))),
                Arguments.of("metadata", request(r -> r.setMetadata(Map.of("k".repeat(65), "v")))),
                Arguments.of(
                        "metadata", request(r -> r.setMetadata(Map.of("k", "v".repeat(513))))));
    }

    private static InferenceRequest chat(Message... messages) {
        return input(new ChatInput(List.of(messages)));
    }

    private static InferenceRequest map(List<Message> messages, String... items) {
        return InferenceRequest.newBuilder()
                .setInput(new MapInput(messages, List.of(items)))
                .setOrchestrationMode("map")
                .build();
    }

    private static InferenceRequest ofItems(@Nullable String mode) {
        return InferenceRequest.newBuilder(map(List.of(), "a")).setOrchestrationMode(mode).build();
    }

    private static String[] items(int count) {
        return Collections.nCopies(count, "a").toArray(String[]::new);
    }

    private static InferenceRequest input(Object input) {
        return InferenceRequest.newBuilder().setInput(input).build();
    }

    private static InferenceRequest sampling(Consumer<Sampling.Builder> change) {
        Sampling.Builder sampling = Sampling.newBuilder();
        change.accept(sampling);
        return request(r -> r.setSampling(sampling.build()));
    }

    private static InferenceRequest request(Consumer<InferenceRequest.Builder> change) {
        InferenceRequest.Builder request = InferenceRequest.newBuilder(chat(HELLO));
        change.accept(request);
        return request.build();
    }

    private static Message[] times(int count) {
        return Collections.nCopies(count, HELLO).toArray(Message[]::new);
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(i -> "k" + i, i -> "v"));
    }
}
