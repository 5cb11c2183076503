package dev.brigade.worker.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.RankingModel.Scores;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.TestingFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CrossEncoderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path root;

    @Test
    void queryAndDocumentAreReadTogether() throws Exception {
        try (LoadedModel model = TestingFolder.ofScores(root).load()) {
            // [CLS] two [SEP] red [SEP] is 2 + 5 + 3 + 9 + 3, and without padding
            Scores scores = done(rank(model, "two", List.of("red", "one", "red red red")));

            assertThat(scores.scores()).hasSize(3);
            assertThat(scores.scores()[0]).isCloseTo(sigmoid(22 - 30), within(1e-6));
            assertThat(scores.scores()[1]).isCloseTo(sigmoid(17 - 30), within(1e-6));
            assertThat(scores.scores()[2]).isCloseTo(sigmoid(40 - 30), within(1e-6));
            assertThat(scores.promptTokens()).isEqualTo(5 + 5 + 7);
            assertThat(model.facts().capabilities()).containsExactly("rerank");
        }
    }

    @Test
    void aDocumentThatIsTooLongIsNamed() throws Exception {
        try (LoadedModel model = TestingFolder.ofScores(root).load()) {
            assertThat(rank(model, "two", List.of("red", "one ".repeat(61))))
                    .isEqualTo(
                            Result.failed(
                                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                                    "the query with document 1 has 65 tokens;"
                                            + " this model takes at most 64 tokens"));
        }
    }

    @Test
    void aClassifierOfTextsIsRefused() {
        TestingFolder folder =
                TestingFolder.ofScores(root)
                        .file(
                                "config.json",
                                "{\"architectures\": [\"BertForSequenceClassification\"],"
                                        + "\"id2label\": {\"0\": \"good\", \"1\": \"bad\"}}");
        assertThatThrownBy(folder::load)
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("a classifier of texts with 2 labels is not supported");
    }

    private static Result<Scores> rank(LoadedModel model, String query, List<String> documents) {
        return ((RankingModel) model)
                .rank(
                        new RankingTask("id", query, documents, Priority.NORMAL),
                        new Cancellation(),
                        LONG);
    }

    private static Scores done(Result<Scores> result) {
        if (result instanceof Result.Done<Scores>(Scores scores)) {
            return scores;
        }
        throw new AssertionError("no scores but " + result);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
