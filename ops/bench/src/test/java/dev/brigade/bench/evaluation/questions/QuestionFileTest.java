package dev.brigade.bench.evaluation.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuestionFileTest {

    @TempDir Path folder;

    @Test
    void questionsAreReadInTheirOrderWithNumbersAndArraysAsAnswers() throws IOException {
        String text =
                """
                {"id":"a","question":"What is 2 + 2?","answer":4,"kind":"number","source":"me"}

                {"id":"b","question":"Sort 2, 1.","answer":[1,2],"kind":"list","group":"lists"}
                {"id":"c","question":"Say ja.","answer":"ja+","kind":"regex"}
                """;
        assertThat(QuestionFile.read(file(text)))
                .containsExactly(
                        new Question("a", "all", "What is 2 + 2?", "4", AnswerKind.NUMBER),
                        new Question("b", "lists", "Sort 2, 1.", "1, 2", AnswerKind.LIST),
                        new Question("c", "all", "Say ja.", "ja+", AnswerKind.REGEX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{oops                                                     | line 1: not JSON",
                "[]                                                        | not a JSON object",
                "{'question':'?','answer':'x','kind':'exact'}              | id must be a text",
                "{'id':'a','answer':'x','kind':'exact'}                    | question must be a text",
                "{'id':'a','question':'?','kind':'exact'}                  | answer must be a text, a",
                "{'id':'a','question':'?','answer':'x'}                    | kind must be a text",
                "{'id':'a','question':'?','answer':'x','kind':'fuzzy'}     | one of exact, number, list",
                "{'id':'a','question':'?','answer':'x','kind':'number'}    | must be of kind number",
                "{'id':'a','question':'?','answer':'(','kind':'regex'}     | must be of kind regex",
                "{'id':'a','question':'?','answer':' ','kind':'exact'}     | answer must be 1 to 10000",
            })
    void aLineAtFaultIsNamedWithItsField(String line, String message) {
        assertThatThrownBy(() -> QuestionFile.read(file(line.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("line 1");
    }

    @Test
    void anIdThatOccursTwiceAndAnEmptyFileAreRefused() {
        String line = "{\"id\":\"a\",\"question\":\"?\",\"answer\":\"x\",\"kind\":\"exact\"}\n";
        assertThatThrownBy(() -> QuestionFile.read(file(line + line)))
                .hasMessageContaining("line 2: id is that of an earlier question");
        assertThatThrownBy(() -> QuestionFile.read(file("\n"))).hasMessageContaining("no question");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("questions.jsonl"), text);
    }
}
