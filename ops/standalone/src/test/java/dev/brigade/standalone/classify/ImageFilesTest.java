package dev.brigade.standalone.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.brigade.client.BatchImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

    @TempDir private Path folder;

    @BeforeEach
    void fill() throws IOException {
        for (String name : List.of("b.PNG", "a.jpeg", "notes.txt", "deep/c.webp")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
    }

    @Test
    void aFoldersImagesComeInLexicalOrder() {
        assertThat(ImageFiles.find(List.of(folder), false))
                .containsExactly(folder.resolve("a.jpeg"), folder.resolve("b.PNG"));
    }

    @Test
    void foldersWithinCountWhereAskedFor() {
        assertThat(ImageFiles.find(List.of(folder), true))
                .containsExactly(
                        folder.resolve("a.jpeg"),
                        folder.resolve("b.PNG"),
                        folder.resolve("deep/c.webp"));
    }

    @Test
    void aFileThatIsNamedIsTakenWhateverItsName() {
        Path notes = folder.resolve("notes.txt");

        assertThat(ImageFiles.find(List.of(notes), false)).containsExactly(notes);
    }

    @Test
    void nothingToClassifyIsAnError() {
        Path empty = folder.resolve("deep/none");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFiles.find(List.of(empty), false))
                .withMessageContaining("no file or folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFiles.find(List.of(makeFolder(empty)), false))
                .withMessageContaining("--recursive");
    }

    @Test
    void workersReadByThemselvesWhatLiesBelowTheirRoots() throws IOException {
        ImageFiles images = new ImageFiles(List.of(folder.resolve("deep")));
        Path inside = folder.resolve("deep/c.webp");

        assertThat(images.image(inside)).isEqualTo(BatchImage.path(inside.toRealPath().toString()));
        assertThat(images.image(folder.resolve("a.jpeg"))).isInstanceOf(BatchImage.OfFile.class);
    }

    @Test
    void aLinkOutOfARootIsSentWithItsBytes() throws IOException {
        ImageFiles images = new ImageFiles(List.of(folder.resolve("deep")));
        Path link = Files.createSymbolicLink(folder.resolve("deep/l.png"), folder.resolve("b.PNG"));

        assertThat(images.image(link)).isInstanceOf(BatchImage.OfFile.class);
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
