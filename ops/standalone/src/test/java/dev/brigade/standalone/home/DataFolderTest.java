package dev.brigade.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path parent;

    @Test
    void isTakenByOneSystemAtATime() throws Exception {
        Path home = parent.resolve("run");
        try (var first = DataFolder.take(home)) {
            assertThat(first.broker().startsWith(home)).isTrue();
            assertThatThrownBy(() -> DataFolder.take(home))
                    .isInstanceOf(HomeException.class)
                    .hasMessageContaining("runs on " + home + " already")
                    .hasMessageContaining("BRIGADE_HOME");
        }
        DataFolder.take(home).close();
    }

    @Test
    void cannotLieWhereAFileIs() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        for (Path home : new Path[] {file, file.resolve("below")}) {
            assertThatThrownBy(() -> DataFolder.take(home))
                    .isInstanceOf(HomeException.class)
                    .hasMessageContaining(home + " cannot be written")
                    .hasMessageContaining("BRIGADE_HOME");
        }
    }

    @Test
    void isNeverAFolderOfSomethingElse() throws Exception {
        Files.writeString(parent.resolve("thesis.txt"), "months of work");

        assertThatThrownBy(() -> DataFolder.take(parent))
                .isInstanceOf(HomeException.class)
                .hasMessageContaining("holds other files");
        assertThat(parent.resolve("up.lock")).doesNotExist();
    }

    @Test
    void mayBeTheParentOfAnEarlierLogAndNothingElse() throws Exception {
        Files.createDirectories(parent.resolve("logs"));

        DataFolder.take(parent).close();
    }

    @Test
    void forgetsItsDataAndNothingElse() throws Exception {
        try (var folder = DataFolder.take(parent.resolve("run"))) {
            Path records = folder.broker().resolve("kafka/records");
            Path state = folder.state().resolve("dispatcher/store");
            Path foreign = parent.resolve("run/notes.txt");
            Path log = folder.log("worker");
            for (Path file : new Path[] {records, state, foreign, log}) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, "x");
            }

            folder.forget();

            assertThat(folder.broker()).doesNotExist();
            assertThat(folder.state()).doesNotExist();
            assertThat(foreign).exists();
            assertThat(log).exists();
        }
    }
}
