package dev.brigade.demo.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.brigade.demo.evaluate.EngineProbe;
import dev.brigade.demo.gguf.LlamaShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedModelTest {

    private static EngineProbe engine;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws IOException {
        engine = EngineProbe.start();
    }

    @AfterAll
    static void end() {
        engine.close();
    }

    @Test
    void saysItsScriptToAnyPrompt() throws Exception {
        String script = "Grüße, 世界! aaaa STOP\nthen {\"x\": [1, 1]} 🙂 end.";
        Path file = folder.resolve("script.gguf");
        ScriptedModel.saying(script).write(file);
        assertThat(engine.answers(file, 500, List.of("Hello", script, "x".repeat(300))))
                .containsExactly(script, script, script);
    }

    @Test
    void saysOneByteWithEveryToken() throws Exception {
        Path file = folder.resolve("bytes.gguf");
        ScriptedModel.saying("ababab").write(file);
        assertThat(engine.pieces(file, 500, "Hello"))
                .filteredOn(piece -> !piece.isEmpty())
                .containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void maySayBytesThatAreNotUtf8() throws Exception {
        Path file = folder.resolve("broken.gguf");
        ScriptedModel.saying(new byte[] {'a', (byte) 0xFF, 'b'}).write(file);
        assertThat(engine.answers(file, 500, List.of("Hello"))).containsExactly("a\uFFFDb");
    }

    @Test
    void saysNothingWhenTheScriptIsEmpty() throws Exception {
        Path file = folder.resolve("silent.gguf");
        ScriptedModel.saying("").write(file);
        assertThat(engine.answers(file, 500, List.of("Hello"))).containsExactly("");
    }

    @Test
    void repeatsUntilItIsCut() throws Exception {
        Path file = folder.resolve("endless.gguf");
        ScriptedModel.repeating("ha ").slowedBy(2).write(file);
        assertThat(engine.answers(file, 10, List.of("Hello"))).containsExactly("ha ha ha h");
    }

    @Test
    void randomModelsSayWordsAndComeOutAlike() throws Exception {
        LlamaShape shape = new LlamaShape(512, 64, 2, 2, 96);
        Path one = folder.resolve("one.gguf");
        Path two = folder.resolve("two.gguf");
        new RandomModel(shape, 500, 3).write(one);
        new RandomModel(shape, 500, 3).write(two);
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
        assertThat(engine.answers(one, 20, List.of("Hello")).getFirst()).matches("( [a-z]+){20}");
    }

    @Test
    void saysOneOfSeveralScriptsToTheEnd() throws Exception {
        Path file = folder.resolve("choice.gguf");
        ScriptedModel.sayingOneOf("Paris.", "Lyon, I think.", "Paris.").write(file);
        assertThat(engine.answers(file, 500, List.of("Hello", "Who?")))
                .allMatch(answer -> answer.equals("Paris.") || answer.equals("Lyon, I think."));
    }

    @Test
    void refusesAChoiceOfNothingAndOneTooLarge() {
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptedModel.sayingOneOf());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptedModel.sayingOneOf(new String[33]))
                .withMessage("there must be 1 to 32 texts");
    }

    @Test
    void refusesAnEndlessSilence() {
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptedModel.repeating(""));
    }
}
