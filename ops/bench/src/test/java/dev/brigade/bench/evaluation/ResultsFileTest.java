package dev.brigade.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.evaluation.questions.AnswerKind;
import dev.brigade.bench.evaluation.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsFileTest {

    @Test
    void everyContestantHasALineAsSoonAsItIsKnown(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.jsonl");
        Outcome right = new Outcome(Optional.of("7"), true, 2, 10, 20, 30, Optional.empty());
        Outcome failed = new Outcome(Optional.empty(), false, 1, 0, 0, 5, Optional.of("expired"));
        try (ResultsFile results = ResultsFile.create(file)) {
            results.add(
                    new Comparison(
                            new Question("q", "sums", "What is 3 + 4?", "7", AnswerKind.NUMBER),
                            right,
                            failed,
                            right));
            assertThat(Files.readAllLines(file))
                    .hasSize(3)
                    .contains(
                            "{\"id\":\"q\",\"group\":\"sums\",\"contestant\":\"examined\","
                                    + "\"right\":true,\"wanted\":\"7\",\"answer\":\"7\",\"calls\":2,"
                                    + "\"prompt_tokens\":10,\"completion_tokens\":20,\"ms\":30,"
                                    + "\"failure\":null}",
                            "{\"id\":\"q\",\"group\":\"sums\","
                                    + "\"contestant\":\"self_consistency\",\"right\":false,"
                                    + "\"wanted\":\"7\",\"answer\":null,\"calls\":1,"
                                    + "\"prompt_tokens\":0,\"completion_tokens\":0,\"ms\":5,"
                                    + "\"failure\":\"expired\"}");
        }
    }
}
