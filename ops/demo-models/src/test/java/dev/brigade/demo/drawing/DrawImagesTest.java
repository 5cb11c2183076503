package dev.brigade.demo.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawImagesTest {

    private static final int COUNT = 20;

    @TempDir Path folder;

    @Test
    void writesPicturesOfBothFormatsAndTheirLabels() throws IOException {
        List<DrawImages.Drawn> drawn = DrawImages.into(folder, COUNT, 5);
        assertThat(drawn).hasSize(COUNT);
        assertThat(drawn)
                .filteredOn(one -> one.label() == Label.TECHNICAL)
                .hasSize(COUNT / 2)
                .extracting(DrawImages.Drawn::kind)
                .allMatch(kind -> kind.label() == Label.TECHNICAL);
        assertThat(drawn)
                .filteredOn(one -> one.file().toString().endsWith(".png"))
                .hasSize(COUNT / 2);
        long pixels = 0;
        for (DrawImages.Drawn one : drawn) {
            BufferedImage image = ImageIO.read(one.file().toFile());
            pixels += (long) image.getWidth() * image.getHeight();
        }
        assertThat(pixels / drawn.size()).isBetween(100_000L, 220_000L);
        List<String> rows = Files.readAllLines(folder.resolve("labels.csv"));
        assertThat(rows).hasSize(1 + COUNT).startsWith("file,label,kind");
        assertThat(rows.get(1))
                .isEqualTo(
                        "%s,%s,%s"
                                .formatted(
                                        drawn.getFirst().file().getFileName(),
                                        drawn.getFirst().label().text(),
                                        drawn.getFirst().kind().text()));
    }

    @Test
    void drawsTheSameFilesAgain() throws IOException {
        DrawImages.into(folder.resolve("a"), 6, 9, 120);
        List<DrawImages.Drawn> again = DrawImages.into(folder.resolve("b"), 6, 9, 120);
        for (DrawImages.Drawn one : again) {
            Path name = one.file().getFileName();
            assertThat(one.file()).hasSameBinaryContentAs(folder.resolve("a").resolve(name));
        }
    }
}
