package dev.brigade.worker.djl.onnx;

import static dev.brigade.worker.djl.TestingOnnx.FLOAT;
import static dev.brigade.worker.djl.TestingOnnx.FREE;
import static dev.brigade.worker.djl.TestingOnnx.INT64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.djl.TestingOnnx;
import dev.brigade.worker.djl.folder.FolderFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {

    @TempDir Path folder;

    @Test
    void saysWhatTheModelTakesAndGives() {
        OnnxFile file = read(model().bytes());

        assertThat(file.inputs())
                .containsExactly(
                        new TensorInfo("x", ElementType.FLOAT, List.of(TensorInfo.FREE, 3L)),
                        new TensorInfo("ids", ElementType.INT64, List.of(1L)));
        assertThat(file.output("y").orElseThrow()).hasToString("y FLOAT [?, 2]");
        assertThat(file.lastOperators()).containsExactly("Softmax");
        assertThat(file.parameters()).isEqualTo(6);
        assertThat(file.externalFiles()).isEmpty();
    }

    @Test
    void weightsAmongTheInputsAreNoInputs() {
        assertThat(read(model().input("w", FLOAT, 3, 2).bytes()).inputs())
                .extracting(TensorInfo::name)
                .containsExactly("x", "ids");
    }

    @Test
    void weightsBesideTheFileMustBeThere() throws IOException {
        byte[] bytes = model().weightsIn("model.onnx_data", "more", 1_000).bytes();
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(FolderFault.class)
                .hasMessage("model.onnx needs the file model.onnx_data beside it");

        Files.write(folder.resolve("model.onnx_data"), new byte[4_000]);
        assertThat(read(bytes).externalFiles()).containsExactly("model.onnx_data");
        assertThat(read(bytes).parameters()).isEqualTo(1_006);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "..", "a/b", ""})
    void weightsOutsideTheFolderAreRefused(String place) {
        assertThatThrownBy(() -> read(model().weightsIn(place, "more", 1).bytes()))
                .isInstanceOf(FolderFault.class)
                .hasMessage("model.onnx wants weights from outside its folder");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("it has 0 bytes");
        assertThatThrownBy(() -> read("a text that is long enough to be read".getBytes(UTF_8)))
                .hasMessageStartingWith("model.onnx is no ONNX model: it is broken");
        assertThatThrownBy(() -> read(new byte[64])).hasMessageContaining("broken");
        assertThatThrownBy(() -> read(new TestingOnnx().bytes()))
                .hasMessageContaining("no inputs or no outputs");
        assertThatThrownBy(() ->
                        read(
                                model().weights("w2", new float[0], 1 << 30, 1 << 30, 1 << 30)
                                        .bytes()))
                .hasMessageContaining("dimensions");
    }

    @Test
    void aTruncatedOrBrokenFileIsReadOrRefusedButNothingElse() {
        byte[] whole = model().bytes();
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] broken = Arrays.copyOf(whole, 16 + random.nextInt(whole.length - 16));
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            try {
                assertThat(read(broken).outputs()).as("seed %d", seed).isNotEmpty();
            } catch (FolderFault expected) {
                assertThat(expected).as("seed %d", seed).hasMessageStartingWith("model.onnx ");
            }
        }
    }

    private static TestingOnnx model() {
        return new TestingOnnx()
                .input("x", FLOAT, FREE, 3)
                .input("ids", INT64, 1)
                .output("y", FLOAT, FREE, 2)
                .weights("w", new float[6], 3, 2)
                .node("MatMul", List.of("x", "w"), "logits")
                .node("Softmax", List.of("logits"), "y");
    }

    private OnnxFile read(byte[] bytes) {
        try {
            return OnnxFile.read(Files.write(folder.resolve("model.onnx"), bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
