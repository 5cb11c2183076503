package dev.brigade.standalone.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.Undo;
import dev.brigade.schema.Compensation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleParticipantTest {

    private final List<String> said = new ArrayList<>();

    @TempDir Path folder;

    @Test
    void undoesOnceWhateverIsDeliveredTwice() throws Exception {
        try (Ledger ledger = Ledger.open(file())) {
            ExampleParticipant participant = participant(ledger, Trouble.NONE);

            assertThat(participant.undo(compensation("r/draft", 1))).isEqualTo(Undo.done());
            assertThat(participant.undo(compensation("r/draft", 2))).isEqualTo(Undo.done());
        }
        assertThat(said)
                .containsExactly(
                        "r/draft attempt 1: undone", "r/draft attempt 2: was undone before");
        assertThat(file()).hasContent("r/draft\n");
    }

    @Test
    void remembersAfterAKillAndForgetsALineThatWasCutShort() throws Exception {
        Files.writeString(file(), "r/draft\nr/ref");
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.has("r/draft")).isTrue();
            assertThat(ledger.has("r/ref")).isFalse();
            ledger.note("r/refine");
        }
        assertThat(Files.readString(file(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("r/draft\nr/refine\n");
        Files.writeString(file(), "r/validate\n", StandardOpenOption.APPEND);
        try (Ledger ledger = Ledger.open(file())) {
            assertThat(ledger.size()).isEqualTo(3);
        }
    }

    @Test
    void misbehavesAsToldAndThenBehaves() throws Exception {
        try (Ledger ledger = Ledger.open(file())) {
            ExampleParticipant participant =
                    participant(ledger, new Trouble(1, Duration.ofMillis(1), 1));

            assertThat(participant.undo(compensation("r/draft", 1)).succeeded()).isFalse();
            assertThat(participant.undo(compensation("r/draft", 2)).succeeded()).isFalse();
            assertThat(ledger.has("r/draft")).isFalse();
            assertThat(participant.undo(compensation("r/draft", 3)).succeeded()).isTrue();
        }
        assertThat(said)
                .containsExactly(
                        "r/draft attempt 1: silent",
                        "r/draft attempt 2: failed",
                        "r/draft attempt 3: undone");
    }

    private ExampleParticipant participant(Ledger ledger, Trouble trouble) {
        return new ExampleParticipant(ledger, trouble, said::add);
    }

    private Path file() {
        return folder.resolve("ledger");
    }

    private static Compensation compensation(String id, int attempt) {
        return Compensation.newBuilder()
                .setCompensationId(id)
                .setRequestId("r")
                .setStage("draft")
                .setModel("m")
                .setOrder(0)
                .setAttempt(attempt)
                .setReason("failed")
                .setAt(0)
                .setHomePartition(0)
                .setTenant("default")
                .setActions(List.of())
                .build();
    }
}
