package dev.brigade.standalone.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Notes notes = notes(false);

    @Test
    void aStageAloneIsShownAsItSpeaks() {
        notes.draft("draft", "m", "Hello ");
        assertThat(printed()).isEqualTo("draft (m): Hello ");
        notes.draft("draft", "m", "there");
        assertThat(printed()).isEqualTo("draft (m): Hello there");
    }

    @Test
    void stagesThatSpeakAtOnceTakeTurnsLineByLine() {
        notes.draft("a", "m", "one ");
        notes.draft("b", "m", "eins ");
        notes.draft("a", "m", "two");
        notes.draft("b", "m", "zwei");
        notes.endDrafts();

        assertThat(lines()).containsExactly("a (m): one two", "b (m): eins zwei");
    }

    @Test
    void aStageThatHasMuchToSayIsNotKeptWaiting() {
        notes.draft("a", "m", "one");
        notes.draft("b", "m", "x".repeat(100));

        assertThat(lines()).containsExactly("a (m): one", "b (m): " + "x".repeat(100));
    }

    @Test
    void longLinesAreBrokenBetweenWordsAndEachIsMarked() {
        notes.draft("a", "m", "word ".repeat(20) + "\nend");
        notes.endDrafts();

        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("a (m): "));
        assertThat(lines().getLast()).isEqualTo("a (m): end");
    }

    @Test
    void aLineDoesNotBeginWithTheBlankBeforeAWord() {
        notes.draft("a", "m", "one");
        notes.line("between");
        notes.draft("a", "m", " \n two");

        assertThat(lines()).containsExactly("a (m): one", "between", "a (m): two");
    }

    @Test
    void aDraftThatIsTakenBackIsSaidToBe() {
        notes.draft("a", "m", "one");
        notes.restart("a", "m", "begins again");
        notes.draft("a", "m", "two");
        notes.endDrafts();

        assertThat(lines()).containsExactly("a (m): one", "a (m): begins again", "a (m): two");
    }

    @Test
    void onATerminalNotesAreFaintAndAnswersAreNot() {
        notes = notes(true);
        notes.draft("a", "m", "one");
        notes.line("done");

        assertThat(lines())
                .containsExactly("\u001b[2ma (m): one\u001b[0m", "\u001b[2mdone\u001b[0m");
    }

    @Test
    void whatAModelSaysDoesNotCommandTheTerminal() {
        notes.draft("a", "m", "x\u001b[31m");

        assertThat(printed()).isEqualTo("a (m): x?[31m");
    }

    private Notes notes(boolean dimmed) {
        return new Notes(new PrintStream(printed, true, StandardCharsets.UTF_8), dimmed);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return printed().lines().toList();
    }
}
