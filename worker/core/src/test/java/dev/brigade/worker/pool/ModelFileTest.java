package dev.brigade.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    @TempDir Path folder;

    @Test
    void whatIsNotThereIsSeenAsSuch() {
        assertThat(ModelFile.look(folder.resolve("none")).exists()).isFalse();
    }

    @Test
    void aFileHasItsOwnSize() throws Exception {
        Path file = write("model.gguf", 5 << 20);

        assertThat(ModelFile.look(file)).matches(ModelFile::exists);
        assertThat(ModelFile.look(file).bytes()).isEqualTo(5 << 20);
        assertThat(ModelFile.look(file).estimatedMb()).isEqualTo(6);
    }

    @Test
    void aFolderHasTheSizeOfAllItsFiles() throws Exception {
        write("m/model.onnx", 1_000);
        write("m/1_Pooling/config.json", 20);

        assertThat(ModelFile.look(folder.resolve("m")).bytes()).isEqualTo(1_020);
        assertThat(ModelFile.look(folder.resolve("m")).files()).isEqualTo(2);
    }

    @Test
    void aFolderChangesWithTheFilesInIt() throws Exception {
        Path model = write("m/model.onnx", 1_000);
        Path config = write("m/1_Pooling/config.json", 20);
        ModelFile before = ModelFile.look(folder.resolve("m"));
        assertThat(ModelFile.look(folder.resolve("m"))).isEqualTo(before);

        FileTime later = FileTime.fromMillis(before.modifiedMs() + 5_000);
        Files.setLastModifiedTime(config, later);
        assertThat(ModelFile.look(folder.resolve("m"))).isNotEqualTo(before);

        ModelFile touched = ModelFile.look(folder.resolve("m"));
        Files.write(model, new byte[1_001]);
        Files.setLastModifiedTime(model, later);
        assertThat(ModelFile.look(folder.resolve("m"))).isNotEqualTo(touched);
    }

    private Path write(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, new byte[bytes]);
    }
}
