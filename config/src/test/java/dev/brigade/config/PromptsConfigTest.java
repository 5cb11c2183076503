package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptsConfigTest {

    private static final Path SHIPPED = Path.of("prompts");

    @TempDir Path folder;

    @BeforeEach
    void copyTheShippedPrompts() throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            for (Path file : files.toList()) {
                if (!file.equals(SHIPPED)) {
                    Files.copy(file, folder.resolve(SHIPPED.relativize(file).toString()));
                }
            }
        }
    }

    @Test
    void theShippedPromptsAreShortAndComplete() {
        PromptsConfig prompts = PromptsConfig.read(SHIPPED);

        assertThat(prompts.byName().keySet())
                .containsExactly(
                        "critique/critique",
                        "critique/revise",
                        "debate/answer",
                        "debate/reconcile",
                        "ensemble/synthesise",
                        "pipeline/again",
                        "pipeline/draft",
                        "pipeline/expand",
                        "pipeline/refine",
                        "pipeline/validate");
        assertThat(prompts.prompts())
                .allSatisfy(prompt -> {
                    assertThat(prompt.system()).hasSizeLessThan(300);
                    assertThat(prompt.user()).hasSizeLessThan(300);
                    assertThat(prompt.version()).isEqualTo(1);
                    assertThat(prompt.variables()).contains("task", "history");
                });
        assertThat(prompts.prompt("nobody")).isEmpty();
    }

    @Test
    void theJudgesHaveSchemasInTheOrderOfTheFile() {
        PromptsConfig prompts = PromptsConfig.read(SHIPPED);

        assertThat(prompts.prompt("critique/critique").orElseThrow().schema())
                .contains(
                        "{\"type\":\"object\",\"properties\":{\"issues\":{\"type\":\"array\","
                                + "\"maxItems\":3,\"items\":{\"type\":\"object\",\"properties\":{"
                                + "\"quote\":{\"type\":\"string\",\"maxLength\":60},"
                                + "\"problem\":{\"type\":\"string\",\"maxLength\":100}},"
                                + "\"required\":[\"quote\",\"problem\"],"
                                + "\"additionalProperties\":false}},"
                                + "\"score\":{\"enum\":[0,1,2,3,4,5,6,7,8,9,10]}},"
                                + "\"required\":[\"issues\",\"score\"],"
                                + "\"additionalProperties\":false}");
        assertThat(prompts.prompt("pipeline/validate").orElseThrow().schema())
                .contains(
                        "{\"type\":\"object\",\"properties\":{\"reasons\":{\"type\":\"array\","
                                + "\"maxItems\":3,\"items\":{\"type\":\"string\",\"maxLength\":100}},"
                                + "\"score\":{\"enum\":[0,1,2,3,4,5,6,7,8,9,10]},"
                                + "\"verdict\":{\"enum\":[\"accept\",\"revise\"]}},"
                                + "\"required\":[\"reasons\",\"score\",\"verdict\"],"
                                + "\"additionalProperties\":false}");
        assertThat(prompts.prompts()).filteredOn(prompt -> prompt.schema().isPresent()).hasSize(2);
    }

    @Test
    void aFileIsReadWholeWhateverItsLineEnds() {
        write(
                "pipeline/fact-check",
                """
                ---
                version: 7
                purpose: Checks facts.
                variables: [task, draft]
                ---
                First.

                --- user is not the separator ---
                --- user ---

                {{task}}
                Check: {{draft}} {a} }}
                """
                        .replace("\n", "\r\n"));

        Prompt prompt = PromptsConfig.read(folder).prompt("pipeline/fact-check").orElseThrow();

        assertThat(prompt.reference()).isEqualTo("pipeline/fact-check@7");
        assertThat(prompt.purpose()).isEqualTo("Checks facts.");
        assertThat(prompt.variables()).isEqualTo(List.of("task", "draft"));
        assertThat(prompt.schema()).isEmpty();
        assertThat(prompt.system()).isEqualTo("First.\n\n--- user is not the separator ---");
        assertThat(prompt.user()).isEqualTo("{{task}}\nCheck: {{draft}} {a} }}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1 | version: 0 | version: must be a whole number from 1 to 1000000, was 0",
                "version: 1 | version: v2 | version: must be a whole number from 1 to 1000000, was v2",
                "version: 1 | author: me | author: is not a property",
                "purpose: | purpose: '' # | purpose: must be a line of 1 to 300 characters",
                "variables: [ | variables: [tasks, | variables[0]: must be one of [task, constraints,",
                "variables: [ | variables: [critique, | names the variable {{critique}}, which it does not use",
                "variables: [ | variables: [task, | variables: must name each variable once",
                "{{task}} | {{task}} {{critique}} | uses {{critique}}, which its variables do not name",
                "{{task}} | {{task}} {{task}} | uses {{task}} twice",
                "{{task}} | {{ task }} | has a '{{' that opens no variable",
                "{{draft}} | {{Draft}} | has a '{{' that opens no variable",
                "--- user --- | --- | must be YAML between two lines '---', then the system message",
            })
    void anErrorNamesFileAndProblem(String text, String other, String problem) throws IOException {
        Path file = folder.resolve("pipeline/refine.md");
        Files.writeString(file, Files.readString(file).replace(text, other));

        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "critique/critique, draft",
        "critique/revise, critique",
        "debate/answer, answers",
        "debate/reconcile, answers",
        "ensemble/synthesise, answers",
        "pipeline/draft, task",
        "pipeline/refine, draft",
        "pipeline/expand, draft",
        "pipeline/validate, draft",
        "pipeline/again, reasons",
    })
    void eachPromptUsesWhatItCannotDoWithout(String name, String variable) throws IOException {
        Path file = folder.resolve(name + ".md");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("{{" + variable + "}}\n", "")
                        .replaceFirst("(variables: .*?)(?<=[\\[ ])" + variable + "(, |(?=]))", "$1")
                        .replace(", ]", "]"));

        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessage(file + ": must use {{" + variable + "}}");
    }

    @Test
    void aMissingPromptIsNamed() throws IOException {
        Path file = folder.resolve("debate/reconcile.md");
        Files.delete(file);

        assertThatThrownBy(() -> PromptsConfig.read(folder)).hasMessage(file + ": no such file");
        assertThatThrownBy(() -> PromptsConfig.read(folder.resolve("none")))
                .hasMessageEndingWith("critique/critique.md: no such file");
    }

    @ParameterizedTest
    @CsvSource({"critique/critic", "pipeline/Polish", "pipeline/refine-2"})
    void aFileThatNobodyWouldReadIsAMistake(String name) {
        write(name, "");

        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessageStartingWith(
                        folder.resolve(name + ".md") + ": is no prompt that is used");
    }

    @Test
    void onlyJudgesHaveSchemasAndTheyHaveWhatIsReadFromThem() throws IOException {
        Path critic = folder.resolve("critique/critique.md");
        String text = Files.readString(critic);
        Files.writeString(critic, text.replace("score: {enum", "mark: {enum"));
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessage(critic + ": schema: must have the properties [issues, score]");

        Files.writeString(critic, text.replace("schema:", "schema: {type: object}\nx:"));
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessageContaining("x: is not a property");

        Files.writeString(critic, text.replaceFirst("(?s)schema:.*?---", "---"));
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessage(critic + ": needs the property schema");

        Files.writeString(critic, text);
        Path refine = folder.resolve("pipeline/refine.md");
        Files.writeString(
                refine, Files.readString(refine).replace("version: 1", "version: 1\nschema: {}"));
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessage(
                        refine
                                + ": schema: is for judges only, which are"
                                + " [critique/critique, pipeline/validate]");
    }

    @Test
    void messagesAreBoundedAndNotEmpty() {
        String head = "---\nversion: 1\npurpose: p\nvariables: [task]\n---\n";
        write("pipeline/polish", head + "\n--- user ---\n{{task}}\n");
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessageEndingWith(
                        "polish.md: must have a system message of 1 to 8192 characters, has 0");

        write("pipeline/polish", head + "s\n--- user ---\n{{task}}" + "x".repeat(8_200));
        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessageContaining("must have a user message of 1 to 8192 characters, has 8208");
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("pipeline/draft.md");
        Files.write(file, "ü".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PromptsConfig.read(folder))
                .hasMessage(file + ": is not UTF-8 text");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
