package dev.brigade.demo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.gguf.GgufFile;
import dev.brigade.demo.gguf.GgufValue;
import dev.brigade.demo.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code models} as they are committed, in the real engine. */
@ParameterizedClass
@ValueSource(strings = {"brigade-demo-fast", "brigade-demo-primary"})
class ShippedModelsTest {

    private static final Path FOLDER = Path.of("models");
    private static final long EIGHT_MIB = 8L << 20;

    private static EngineProbe engine;

    private final String id;
    private final Path file;

    ShippedModelsTest(String id) {
        this.id = id;
        this.file = FOLDER.resolve(id + ".gguf");
    }

    @BeforeAll
    static void start() throws IOException {
        engine = EngineProbe.start();
    }

    @AfterAll
    static void end() {
        engine.close();
    }

    @Test
    void answersWhatANewcomerAsks() throws Exception {
        List<String> answers =
                engine.answers(
                        file,
                        150,
                        List.of(
                                "Hello",
                                "What is Brigade?",
                                "What is Kafka?",
                                "How do I set a priority?",
                                "Which topics are there?",
                                "what is the default deadline",
                                "Which port does Brigade use?",
                                "What is the capital of France?",
                                "Who wrote Hamlet?"));
        assertThat(answers.get(0)).startsWith("Hello! I am a small demo model");
        assertThat(answers.get(1)).startsWith("Brigade is an event-driven inference platform");
        assertThat(answers.get(2)).startsWith("Kafka is a distributed log");
        assertThat(answers.get(3)).startsWith("Set the field priority to high, normal or low");
        assertThat(answers.get(4)).startsWith("The topics are inference.requests");
        assertThat(answers.get(5)).isEqualTo("The default deadline is 120 seconds.");
        assertThat(answers.get(6)).isEqualTo("The REST adapter listens on port 8085.");
        assertThat(answers.get(7)).isEqualTo("The capital of France is Paris.");
        assertThat(answers.get(8)).isEqualTo(Corpus.REFUSAL);
    }

    @Test
    void isReadByTheEngineAsItWasTrained() throws Exception {
        BytePairTokenizer tokenizer = BytePairTokenizer.of(GgufFile.read(file));
        List<String> texts =
                List.of(
                        "What is Kafka?",
                        "user\nHow much is 12+7?  Two blanks, a tab\tand\n\n lines",
                        "It's Grüße 世界 🙂 <|end|> ops/brigade up --fresh",
                        " 3 + 4 = 7.\n");
        List<String> ours =
                texts.stream()
                        .map(tokenizer::encode)
                        .map(ids -> ids.stream().map(String::valueOf))
                        .map(ids -> ids.collect(Collectors.joining(" ")))
                        .toList();
        assertThat(engine.tokens(file, texts)).isEqualTo(ours);
    }

    @Test
    void endsAnAnswerEvenAfterAPromptThatFillsItsContext() throws Exception {
        String prompt = "What is Brigade? ".repeat(160);
        assertThat(engine.answers(file, 50, List.of(prompt))).hasSize(1);
    }

    @Test
    void isSmallAndPromisesWhatTheConfigurationSays() throws IOException {
        assertThat(Files.size(file)).isLessThan(EIGHT_MIB);
        GgufFile gguf = GgufFile.read(file);
        assertThat(gguf.value("llama.context_length", GgufValue.Uint32.class).value())
                .isEqualTo(1024);
        assertThat(gguf.value("tokenizer.chat_template", GgufValue.Text.class).value())
                .contains(BytePairTokenizer.TURN_START);
    }

    @Test
    void hasTheSizeThatItsCardNames() throws IOException {
        String card = Files.readString(FOLDER.resolve(id + ".md"));
        assertThat(card)
                .contains(String.format(Locale.ROOT, "%,d", GgufFile.read(file).parameters()))
                .contains(String.format(Locale.ROOT, "%,d bytes", Files.size(file)))
                .contains("demo model");
    }
}
