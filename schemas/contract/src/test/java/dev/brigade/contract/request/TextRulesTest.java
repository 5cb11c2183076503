package dev.brigade.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.RerankInput;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextRulesTest {

    private static final int TWO_MIB = 2 << 20;

    @ParameterizedTest
    @MethodSource("kept")
    void textsWithinBoundsAreTaken(String what, Object input) {
        assertThat(RequestRules.firstViolation(request(input))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void textsOutOfBoundsAreRefusedByField(String param, ErrorCode code, Object input) {
        assertThat(RequestRules.firstViolation(request(input)))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.code()).isEqualTo(code);
                    assertThat(violation.param()).isEqualTo(param);
                    assertThat(violation.message()).startsWith(param + " ");
                });
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of("a text", texts("a")),
                Arguments.of("2048 texts", texts(Collections.nCopies(2048, "a"))),
                Arguments.of("2 MiB", texts("ä".repeat(TWO_MIB / 2))),
                Arguments.of("tokens", tokens(List.of(List.of(0, 1), List.of(7)))),
                Arguments.of(
                        "as many tokens as fit",
                        tokens(List.of(Collections.nCopies(TWO_MIB / 4, Integer.MAX_VALUE)))),
                Arguments.of("least dimensions", embedding(b -> b.setDimensions(1))),
                Arguments.of("a query", embedding(b -> b.setInputType("query"))),
                Arguments.of("a document", embedding(b -> b.setInputType("document"))),
                Arguments.of("a ranking", new RerankInput("q", List.of("d"))),
                Arguments.of(
                        "1000 documents", new RerankInput("q", Collections.nCopies(1000, "d"))));
    }

    static Stream<Arguments> broken() {
        ErrorCode invalid = ErrorCode.INVALID_REQUEST;
        ErrorCode tooLarge = ErrorCode.REQUEST_TOO_LARGE;
        return Stream.of(
                Arguments.of("input", invalid, texts(List.of())),
                Arguments.of("input", invalid, texts("a", "")),
                Arguments.of("input", invalid, texts(Collections.nCopies(2049, "a"))),
                Arguments.of("input", tooLarge, texts("a".repeat(TWO_MIB), "b")),
                Arguments.of("input", tooLarge, texts("ä".repeat(TWO_MIB / 2 + 1))),
                Arguments.of("input", invalid, tokens(List.of(List.of()))),
                Arguments.of("input", invalid, tokens(List.of(List.of(1, -1)))),
                Arguments.of(
                        "input",
                        tooLarge,
                        tokens(List.of(Collections.nCopies(TWO_MIB / 4 + 1, 1)))),
                Arguments.of("input", invalid, embedding(b -> b.setTokens(List.of(List.of(1))))),
                Arguments.of("dimensions", invalid, embedding(b -> b.setDimensions(0))),
                Arguments.of("dimensions", invalid, embedding(b -> b.setDimensions(65_537))),
                Arguments.of("input_type", invalid, embedding(b -> b.setInputType("passage"))),
                Arguments.of("query", invalid, new RerankInput("", List.of("d"))),
                Arguments.of("documents", invalid, new RerankInput("q", List.of())),
                Arguments.of("documents", invalid, new RerankInput("q", List.of("d", ""))),
                Arguments.of(
                        "documents", invalid, new RerankInput("q", Collections.nCopies(1001, "d"))),
                Arguments.of(
                        "query", tooLarge, new RerankInput("q".repeat(TWO_MIB + 1), List.of("d"))),
                Arguments.of(
                        "documents",
                        tooLarge,
                        new RerankInput("q", Collections.nCopies(3, "d".repeat(1 << 20)))));
    }

    private static EmbeddingInput texts(String... texts) {
        return texts(List.of(texts));
    }

    private static EmbeddingInput texts(List<String> texts) {
        return EmbeddingInput.newBuilder().setTexts(texts).build();
    }

    private static EmbeddingInput tokens(List<List<Integer>> tokens) {
        return EmbeddingInput.newBuilder().setTokens(tokens).build();
    }

    private static EmbeddingInput embedding(Consumer<EmbeddingInput.Builder> change) {
        EmbeddingInput.Builder input = EmbeddingInput.newBuilder(texts("a"));
        change.accept(input);
        return input.build();
    }

    private static InferenceRequest request(Object input) {
        return InferenceRequest.newBuilder().setInput(input).build();
    }
}
