package dev.brigade.demo.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The folder as it is committed, in ONNX Runtime and the tokenizer library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedEmbeddingModelTest {

    private static final Path FOLDER = Path.of("models/brigade-demo-embedding");
    private static final int FEW = 4;
    private static final long FRESH_SEED = 4711;
    private static final long SIX_MIB = 6L << 20;

    private TextTokenizer tokenizer;
    private EncoderModel model;
    private String card;

    @BeforeAll
    void open() throws IOException {
        tokenizer = TokenizerFile.read(FOLDER.resolve("tokenizer.json"));
        model = EncoderModel.open(FOLDER.resolve("model.onnx"), tokenizer);
        card = Files.readString(FOLDER.resolve("README.md"));
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void isAboutAsGoodOnFreshPairsAsItsCardSays() throws IOException {
        asPromised("Topics that were never learnt", MeasureEmbeddingModel::isOfUnseenTopic);
        asPromised(
                "Statements that were never learnt", MeasureEmbeddingModel::isUnseenInKnownTopic);
    }

    @Test
    void tellsContrariesFromParaphrasesBetterThanWordsDo() throws IOException {
        List<GradedPair> pairs = GradedPairs.of(Statement::heldOut, FEW, FRESH_SEED);
        double words =
                Figures.of(pairs, pair -> Similarity.bagOfWords(pair.first(), pair.second()))
                        .paraphrasesAboveContraries();
        assertThat(figures(pairs).paraphrasesAboveContraries()).isGreaterThan(words + 0.05);
    }

    @Test
    void putsTheSameInOtherWordsAboveAnotherNumberOrTheContrary() {
        String text = "The default timeout is 30.";
        float[] vector = model.vectors(List.of(text))[0];
        List<String> others =
                List.of(
                        "Unless you change it, 30 is used as the timeout.",
                        "The default timeout is 45.",
                        "30 is not the default for the timeout.",
                        "The capital of France is Paris.");
        float[][] vectors = model.vectors(others);
        double same = Similarity.cosine(vector, vectors[0]);
        assertThat(same).isGreaterThan(Similarity.cosine(vector, vectors[1]));
        assertThat(same).isGreaterThan(Similarity.cosine(vector, vectors[2]));
        assertThat(same).isGreaterThan(Similarity.cosine(vector, vectors[3]) + 0.4);
    }

    @Test
    void saysTheSameOfATextAloneAndAmongLongerOnes() {
        List<String> texts = List.of("Yes.", "The worker listens on port 8085. ".repeat(70), "");
        float[][] together = model.vectors(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(model.vectors(List.of(texts.get(i)))[0])
                    .containsExactly(together[i], within(1e-4f));
        }
    }

    @Test
    void itsTokenizerIsReadByTheLibraryAsItWasTrained() throws IOException {
        List<String> texts =
                List.of(
                        "It's 128.5% of Ünïcode, or isn't it?",
                        "Grüße 世界 🙂  two blanks, a tab\tand\n\nlines",
                        "a_b c$d + 3 € ½ ² C:\\temp \"quoted\"",
                        "",
                        "UNKNOWNWORDS zzxqj");
        try (HuggingFaceTokenizer library =
                HuggingFaceTokenizer.newInstance(FOLDER.resolve("tokenizer.json"))) {
            for (String text : texts) {
                assertThat(library.encode(text).getIds())
                        .isEqualTo(
                                Arrays.stream(tokenizer.encode(text, EncoderPlan.LONGEST))
                                        .asLongStream()
                                        .toArray());
            }
        }
    }

    @Test
    void isSmallAndHasWhatItsCardNames() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(SIX_MIB);
        assertThat(card)
                .contains("demo model")
                .contains(
                        String.format(
                                Locale.ROOT, "%,d bytes", Files.size(FOLDER.resolve("model.onnx"))))
                .contains(
                        String.format(
                                Locale.ROOT,
                                "| parameters | %,d |",
                                EncoderPlan.SHIPPED.parameters(tokenizer.size())));
        assertThat(FOLDER.resolve("config.json")).hasContent(EncoderCard.config(tokenizer.size()));
        assertThat(FOLDER.resolve("modules.json")).hasContent(EncoderCard.MODULES);
        assertThat(FOLDER.resolve("1_Pooling/config.json")).hasContent(EncoderCard.pooling());
    }

    /** Spearman and the share of paraphrases above contraries, against the card's row. */
    private void asPromised(String heading, Predicate<Statement> wanted) throws IOException {
        Figures fresh = figures(GradedPairs.of(wanted, FEW, FRESH_SEED));
        List<String> row =
                card.lines()
                        .dropWhile(line -> !line.startsWith("### " + heading))
                        .filter(line -> line.startsWith("| the model |"))
                        .findFirst()
                        .map(line -> List.of(line.split("\\|", -1)))
                        .orElseThrow();
        assertThat(fresh.spearman()).isCloseTo(Double.parseDouble(row.get(2).strip()), within(0.1));
        assertThat(100 * fresh.paraphrasesAboveContraries())
                .isCloseTo(Double.parseDouble(row.get(4).replace("%", "").strip()), within(8.0));
    }

    private Figures figures(List<GradedPair> pairs) {
        return Figures.of(
                pairs,
                pair -> {
                    float[][] both = model.vectors(List.of(pair.first(), pair.second()));
                    return Similarity.cosine(both[0], both[1]);
                });
    }
}
