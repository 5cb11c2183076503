package dev.brigade.worker.djl.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.djl.TestingFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

    @TempDir Path root;

    @Test
    void idsAreReadInTheirOrderNotThatOfTheFile() {
        assertThat(
                        config(
                                "{\"id2label\": {\"10\":\"k\",\"2\":\"c\",\"1\":\"b\",\"0\":\"a\",\"3\":\"d\","
                                        + "\"4\":\"e\",\"5\":\"f\",\"6\":\"g\",\"7\":\"h\",\"8\":\"i\",\"9\":\"j\"}}"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    }

    @Test
    void aListGoesBeforeIds() {
        new TestingFolder(root).file("labels.txt", "technical\r\n\ndiscard\n");
        assertThat(config("{\"id2label\": {\"0\":\"a\"}}")).containsExactly("technical", "discard");
    }

    @Test
    void namesThatRepeatAreTold() {
        new TestingFolder(root).file("labels.txt", "cat\ncrane\ndog\ncrane\n");
        assertThat(config("{}")).containsExactly("cat", "crane #1", "dog", "crane #3");
    }

    @Test
    void gapsAndNothingAtAllAreRefused() {
        assertThatThrownBy(() -> config("{\"id2label\": {\"0\":\"a\", \"2\":\"c\"}}"))
                .isInstanceOf(FolderFault.class)
                .hasMessageContaining("there is no label 1");
        assertThatThrownBy(() -> config("{}"))
                .hasMessage(
                        "there are 0 labels; a classifier needs id2label in config.json, or labels.txt");
    }

    private List<String> config(String text) {
        new TestingFolder(root).file("config.json", text);
        return Labels.read(new ModelFolder(root));
    }
}
