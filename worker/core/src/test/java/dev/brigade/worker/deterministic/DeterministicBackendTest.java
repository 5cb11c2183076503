package dev.brigade.worker.deterministic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.ModelOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DeterministicBackendTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path folder = Path.of("");

    private final StringBuilder text = new StringBuilder();
    private int tokens;

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(Backend.class))
                .extracting(Backend::name)
                .contains("deterministic");
    }

    @Test
    void theSamePromptAndSeedGiveTheSameText() throws Exception {
        TextModel model = load("answer_tokens=12");

        String first = generate(model, request("hello", 7));
        String second = generate(model, request("hello", 7));

        assertThat(first).isEqualTo(second).isNotEmpty();
        assertThat(generate(model, request("hello", 8))).isNotEqualTo(first);
        assertThat(generate(model, request("good bye", 7))).isNotEqualTo(first);
    }

    @Test
    void theTokenLimitEndsTheTextAsTooLong() throws Exception {
        Outcome outcome =
                load("").generate(
                                request("hello", 1, OptionalInt.of(5), List.of()),
                                this::take,
                                new Cancellation(),
                                MINUTE);

        assertThat(tokens).isEqualTo(5);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Finished.class,
                        done -> assertThat(done.reason()).isEqualTo(Outcome.Reason.LENGTH));
    }

    @Test
    void aStopStringEndsTheTextAndIsNotPartOfIt() throws Exception {
        TextModel model = load("answer_tokens=12");
        String whole = generate(model, request("hello", 7));
        String third = whole.split(" ", -1)[2];

        String cut = generate(model, request("hello", 7, OptionalInt.empty(), List.of(third)));

        assertThat(whole).startsWith(cut);
        assertThat(cut).doesNotContain(third);
    }

    @Test
    void aCancelEndsASlowGeneration() throws Exception {
        TextModel model = load("tokens_per_second=1");
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        Outcome outcome = model.generate(request("hello", 1), this::take, cancellation, MINUTE);

        assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void aLimitEndsASlowGeneration() throws Exception {
        Outcome outcome =
                load("tokens_per_second=100")
                        .generate(
                                request("hello", 1),
                                this::take,
                                new Cancellation(),
                                Duration.ofMillis(15));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void aPromptThatFillsTheContextIsRefused() throws Exception {
        Outcome outcome =
                load("").generate(
                                request("word ".repeat(64), 1),
                                this::take,
                                new Cancellation(),
                                MINUTE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.code())
                                        .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED));
    }

    @Test
    void aFileThatCannotBeUsedIsNamedInOneLine() throws Exception {
        Path file = folder.resolve("bad");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("bad cannot be read");

        Files.writeString(file, "#deterministic-model\nanswer_tokens=many");
        assertThatThrownBy(() -> load(file))
                .hasMessageContaining("answer_tokens must be 0 to 1000000, not many");
    }

    private TextModel load(String properties) throws Exception {
        Path file = folder.resolve("model");
        Files.writeString(file, "#deterministic-model\n" + properties);
        return load(file);
    }

    private static TextModel load(Path file) throws Exception {
        ModelSpec spec =
                new ModelSpec(
                        "m",
                        file,
                        64,
                        1,
                        0,
                        0,
                        List.of("fast"),
                        Optional.empty(),
                        Optional.empty(),
                        ModelOptions.DEFAULT);
        return (TextModel) new DeterministicBackend().load(spec, BackendContext.alone());
    }

    private String generate(TextModel model, GenerationRequest request) {
        text.setLength(0);
        model.generate(request, this::take, new Cancellation(), MINUTE);
        return text.toString();
    }

    private boolean take(String piece, int count) {
        text.append(piece);
        tokens += count;
        return true;
    }

    private static GenerationRequest request(String prompt, long seed) {
        return request(prompt, seed, OptionalInt.empty(), List.of());
    }

    private static GenerationRequest request(
            String prompt, long seed, OptionalInt maxTokens, List<String> stop) {
        return GenerationRequest.builder("id", new Prompt.Raw(prompt))
                .maxTokens(maxTokens)
                .seed(OptionalLong.of(seed))
                .stop(stop)
                .build();
    }
}
