package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.ModelOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.Availability;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("model.gguf");
        ScriptedModel.saying("hello").withContext(256).write(file);
    }

    @Test
    void theBackendIsFoundAndRunsHere() {
        Backend backend =
                ServiceLoader.load(Backend.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(b -> b.name().equals("llama"))
                        .findFirst()
                        .orElseThrow();
        assertThat(backend.availability()).isInstanceOf(Availability.Available.class);
    }

    @Test
    void aFileThatIsNoModelIsOneLineThatNamesIt() throws IOException {
        assertRefused(folder.resolve("none.gguf"), "does not exist");
        assertRefused(folder, "is not a regular file");
        Path text = Files.writeString(folder.resolve("t.gguf"), "hello, this is no model at all");
        assertRefused(text, "is not a GGUF file");
        Path pointer =
                Files.writeString(folder.resolve("p.gguf"), "version https://git-lfs.github.com");
        assertRefused(pointer, "is a Git LFS pointer; the model itself was not downloaded");
        Path empty = Files.createFile(folder.resolve("e.gguf"));
        assertRefused(empty, "is empty");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.gguf");
        for (int length : new int[] {4, 10, 500, whole.length / 2, whole.length - 33}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertRefused(cut, "is truncated");
        }
    }

    @Test
    void aFileOfAnotherDigestIsRefused() {
        ModelSpec spec =
                new ModelSpec(
                        "m",
                        file,
                        64,
                        1,
                        0,
                        1,
                        List.of(),
                        Optional.empty(),
                        Optional.of("0".repeat(64)),
                        ModelOptions.DEFAULT);
        assertThatThrownBy(() -> TestingModels.load(spec))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void moreContextThanTheModelHasIsRefused() {
        assertThatThrownBy(() -> TestingModels.load(TestingModels.spec(file, 257, 1)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("has a context of 256 tokens");
    }

    /** The head is fine, so the engine itself finds that a tensor has another name. */
    @Test
    void whatOnlyTheEngineFindsIsOneLineToo() throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                bytes.replace("output_norm.weight", "output_worm.weight"),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> TestingModels.load(TestingModels.spec(file, 64, 1)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("output_norm")
                .hasMessageNotContaining("\n");
    }

    @Test
    void progressRisesToAHundred() throws Exception {
        List<Integer> seen = new ArrayList<>();
        new LlamaBackend(TestingModels.IMPATIENT)
                .load(
                        TestingModels.spec(file, 64, 1),
                        new BackendContext(
                                new SimpleMeterRegistry(),
                                percent -> {
                                    synchronized (seen) {
                                        seen.add(percent);
                                    }
                                }))
                .close();
        assertThat(seen).isSorted().startsWith(0).endsWith(100);
    }

    @Test
    void aTemplateThatRaisesErrorsIsOnlyGivenTurnsInOrder() throws Exception {
        String template =
                "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}"
                        + "{{ raise_exception('turns') }}{% endif %}{{ m['content'] }}"
                        + "{% endfor %}";
        ModelSpec spec = TestingModels.withTemplate(TestingModels.spec(file, 64, 1), template);
        try (LlamaModel model = TestingModels.load(spec)) {
            Message user = new Message("user", "a");
            Outcome.Failed failed = Answer.of(model, Ask.chat(List.of(user, user))).failed();
            assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(failed.message()).contains("message 1");
            List<Message> turns = List.of(user, new Message("assistant", "b"), user);
            assertThat(Answer.of(model, Ask.chat(turns)).text()).isEqualTo("hello");
        }
    }

    @Test
    void aTemplateThatTheEngineCannotRunLeavesAModelThatCompletes() throws Exception {
        String template = "{{ messages[0].content | nonesuch(1) }}";
        ModelSpec spec = TestingModels.withTemplate(TestingModels.spec(file, 64, 1), template);
        try (LlamaModel model = TestingModels.load(spec)) {
            assertThat(model.facts().capabilities()).doesNotContain("chat");
            assertThat(Answer.of(model, Ask.chat("a")).failed().code())
                    .isEqualTo(ErrorCode.UNSUPPORTED_TASK);
            assertThat(Answer.of(model, Ask.raw("a")).text()).isEqualTo("hello");
        }
    }

    @Test
    void severalModelsLoadAtOnce() throws Exception {
        List<Thread> loaders = new ArrayList<>();
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            loaders.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                Object result = loadAndAsk();
                                synchronized (results) {
                                    results.add(result);
                                }
                            }));
        }
        for (Thread loader : loaders) {
            loader.join();
        }
        assertThat(results).containsExactly("hello", "hello");
    }

    private Object loadAndAsk() {
        try (LlamaModel model = TestingModels.load(TestingModels.spec(file, 64, 1))) {
            return Answer.of(model, Ask.raw("a")).text();
        } catch (ModelLoadException | InterruptedException e) {
            return e;
        }
    }

    private static void assertRefused(Path file, String fault) {
        assertThatThrownBy(() -> TestingModels.load(TestingModels.spec(file, 64, 1)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("model file " + file + " " + fault)
                .hasMessageNotContaining("\n");
    }
}
