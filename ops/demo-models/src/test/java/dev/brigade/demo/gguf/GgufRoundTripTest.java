package dev.brigade.demo.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GgufRoundTripTest {

    @TempDir Path folder;

    private Path file = Path.of("model.gguf");

    @BeforeEach
    void placeFile() {
        file = folder.resolve("model.gguf");
    }

    @Test
    void keepsMetadataOfEveryType() throws IOException {
        List<GgufValue> values =
                List.of(
                        new GgufValue.Uint32(0xFFFF_FFFFL),
                        new GgufValue.Int32(-5),
                        new GgufValue.Uint64(1L << 40),
                        new GgufValue.Float32(1.5f),
                        new GgufValue.Bool(true),
                        new GgufValue.Text("Grüße"),
                        new GgufValue.Texts(List.of("", "Ġa", "b")),
                        new GgufValue.Int32s(List.of(1, -2)),
                        new GgufValue.Float32s(List.of(0.25f)));
        GgufWriter writer = new GgufWriter();
        for (int i = 0; i < values.size(); i++) {
            writer.put("key." + i, values.get(i));
        }
        writer.write(file);
        GgufFile read = GgufFile.read(file);
        for (int i = 0; i < values.size(); i++) {
            assertThat(read.metadata()).containsEntry("key." + i, values.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTensorsAsCloselyAsTheirTypeAllows(TensorType type) throws IOException {
        float[] values = new float[7 * 64];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        new GgufWriter()
                .add(GgufTensor.vector("gains", new float[] {1, 2, 3}))
                .add(GgufTensor.matrix("weights", type, 7, 64, values))
                .add(GgufTensor.vector("last", new float[] {4}))
                .write(file);
        GgufFile read = GgufFile.read(file);
        assertThat(read.tensorNames()).containsExactly("gains", "weights", "last");
        assertThat(read.type("weights")).isEqualTo(type);
        assertThat(read.parameters()).isEqualTo(3 + 7 * 64 + 1);
        assertThat(read.tensor("gains")).containsExactly(1, 2, 3);
        assertThat(read.tensor("last")).containsExactly(4);
        assertThat(read.tensor("weights")).containsExactly(values, within(tolerance(type)));
    }

    private static float tolerance(TensorType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 0x1p-11f;
            case Q8_0 -> 0.005f;
        };
    }

    @Test
    void keepsRowsOfZerosInQ8() throws IOException {
        new GgufWriter()
                .add(GgufTensor.matrix("zeros", TensorType.Q8_0, 1, 32, new float[32]))
                .write(file);
        assertThat(GgufFile.read(file).tensor("zeros")).containsOnly(0f);
    }

    @Test
    void refusesWhatTheFormatCannotHold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GgufTensor.matrix("odd", TensorType.Q8_0, 1, 33, new float[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> new GgufValue.Uint32(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GgufWriter().put("a", 1).put("a", 2));
    }

    @Test
    void saysSoWhenAFileIsNotGguf() throws IOException {
        Files.writeString(file, "no model at all, just some text");
        assertThatIOException().isThrownBy(() -> GgufFile.read(file));
        Files.writeString(file, "GGUF");
        assertThatIOException().isThrownBy(() -> GgufFile.read(file));
    }
}
