package dev.brigade.worker.deterministic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.testing.Hosted;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterministicImagesTest {

    @TempDir Path folder;

    @Test
    void eachTaskSaysWhatItCanDo() throws Exception {
        try (LoadedModel model = load("task: classify\nlabels: [a, b, c]")) {
            assertThat(model.facts().capabilities()).containsExactly("classify");
            assertThat(model.facts().labels()).containsExactly("a", "b", "c");
        }
        try (LoadedModel model = load("task: embedding\ndimensions: 5")) {
            assertThat(model.facts().capabilities())
                    .containsExactlyInAnyOrder("embedding", "rerank");
            assertThat(model.facts().dimensions()).hasValue(5);
        }
        try (LoadedModel model = load("task: vision")) {
            assertThat(model.facts().capabilities()).contains("chat", "classify", "image_input");
        }
    }

    @Test
    void aPictureIsSeenAsItsMeanColourAndSize() {
        assertThat(Shade.of(picture(Color.RED, 30, 20))).isEqualTo("red picture of 30x20");
        assertThat(Shade.of(picture(Color.WHITE, 3, 2))).isEqualTo("white picture of 3x2");
        assertThat(Shade.of(picture(new Color(20, 30, 40), 1, 1)))
                .isEqualTo("black picture of 1x1");
        assertThat(Shade.of(picture(new Color(240, 200, 20), 8, 8)))
                .isEqualTo("yellow picture of 8x8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task: painting|task must be text, vision, embedding or classify, not painting",
                "{task: classify, labels: [one]}|labels must be at least 2",
                "{task: classify, replies: [{say: nonsense}]}|must be a label",
                "{task: classify, replies: [{say: technical 1.5}]}|must be a label",
                "{task: embedding, dimensions: 3, replies: [{say: 0 1}]}|must be 3 numbers",
                "{task: embedding, dimensions: 2, replies: [{say: a b}]}|must be 2 numbers",
                "{task: embedding, dimensions: 4097}|dimensions must be 1 to 4096",
                "delay_ms: -1|delay_ms must be 0 to 1000000",
            })
    void aWrongPropertyIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml).close())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(message);
    }

    private static BufferedImage picture(Color colour, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }

    private LoadedModel load(String yaml) throws Exception {
        Files.writeString(folder.resolve("demo.model"), "#deterministic-model\n" + yaml);
        return new DeterministicBackend()
                .load(Hosted.of(folder, "context_length: 64").spec(), BackendContext.alone());
    }
}
