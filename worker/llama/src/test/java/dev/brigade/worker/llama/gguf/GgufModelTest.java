package dev.brigade.worker.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufModelTest {

    @TempDir private static Path folder;
    private static byte[] good;

    @BeforeAll
    static void write() throws IOException {
        Path file = folder.resolve("good.gguf");
        ScriptedModel.saying("hello").withContext(512).write(file);
        good = Files.readAllBytes(file);
    }

    @Test
    void aGoodFileTellsWhatItIs() throws Exception {
        GgufModel model = read(good);
        assertThat(model.architecture()).isEqualTo("llama");
        assertThat(model.contextLength()).isEqualTo(512);
        assertThat(model.quantization()).isEqualTo("F32");
        assertThat(model.parameters()).isPositive();
        assertThat(model.chatTemplate()).hasValueSatisfying(t -> assertThat(t).contains("{%"));
        assertThat(model.vocabulary().kind()).isEqualTo(Vocabulary.Kind.SENTENCE_PIECE);
        assertThat(model.vocabulary().addsBos()).isFalse();
        assertThat(model.vocabulary().bosText()).isEqualTo("<|im_start|>");
        assertThat(model.vocabulary().texts()).hasSize(258 + 5);
    }

    @Test
    void faultsAreNamed() throws IOException {
        assertFault(with("GGUF", "GGML"), "is not a GGUF file");
        assertFault(version(1), "is GGUF version 1");
        assertFault(version(3 << 24), "big-endian");
        assertFault(with("llama.block_count", "llama.block_cxunt"), "has no llama.block_count");
        assertFault(with("token_embd.weight", "token_emxd.weight"), "has no tensor token_embd");
        assertFault(with("<0x41>", "<0x42>"), "has two tokens with the same text '<0x42>'");
        assertFault(with("tokenizer.ggml.tokens", "tokenizer.ggml.tokenz"), "has no tokens");
        assertFault(architecture("qwen9"), "has the architecture 'qwen9', which this engine");
        assertFault(number("llama.attention.head_count", 3), "3 attention heads");
        assertFault(number("llama.attention.head_count", -1), "must be 0 to 4096");
        assertFault(number("llama.block_count", 0), "must be 1 to 512");
        assertFault(number("llama.context_length", 0), "must be 1 to");
        assertFault(number("tokenizer.ggml.bos_token_id", 100_000), "of only 263 tokens");
        assertFault(tensorCount(1L << 40), "number of tensors is 1099511627776");
        assertFault(tensorCount(-1), "number of tensors is 18446744073709551615");
        assertFault(Arrays.copyOf(good, good.length - 100), "is truncated");
    }

    @Test
    void everyTruncationIsOneClearError() throws IOException {
        long seed = Long.getLong("brigade.seed", 1);
        int[] lengths = new Random(seed).ints(150, 0, good.length - 32).sorted().toArray();
        Path file = Files.write(folder.resolve("cut.gguf"), good);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = lengths.length - 1; i >= 0; i--) {
                channel.truncate(lengths[i]);
                assertThatThrownBy(() -> GgufModel.read(file))
                        .as("seed %d, cut to %d", seed, lengths[i])
                        .isInstanceOf(ModelLoadException.class)
                        .hasMessageMatching("[^\n]*(is truncated|is empty)[^\n]*");
            }
        }
    }

    /** Any file is read or refused: no other exception, and no memory that the file cannot fill. */
    @Test
    void noMutatedFileIsMoreThanRefused() throws IOException {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        Path file = Files.write(folder.resolve("mutated.gguf"), good);
        int refused = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 600; i++) {
                channel.write(ByteBuffer.wrap(mutatedHead(random)), 0);
                refused += isRefused(file, seed) ? 1 : 0;
            }
        }
        assertThat(refused).as("seed %d", seed).isBetween(60, 599);
    }

    private static boolean isRefused(Path file, long seed) {
        try {
            assertThat(GgufModel.read(file).parameters()).isPositive();
            return false;
        } catch (ModelLoadException e) {
            assertThat(e).hasMessageStartingWith("model file ").hasMessageNotContaining("\n");
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte[] mutatedHead(Random random) {
        int head = headLength();
        byte[] bytes = Arrays.copyOf(good, head);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(head - 8);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> little(bytes).putInt(at, random.nextInt());
                case 3 -> little(bytes).putLong(at, random.nextLong());
                case 4 -> little(bytes).putLong(at, 1L << random.nextInt(64));
                default -> {
                    int from = random.nextInt(head - 64);
                    int length = Math.min(random.nextInt(64), head - at);
                    System.arraycopy(good, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static int headLength() {
        return indexOf("blk.0.ffn_down.weight") + 60;
    }

    private static GgufModel read(byte[] bytes) throws ModelLoadException {
        try {
            return GgufModel.read(Files.write(folder.resolve("file.gguf"), bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFault(byte[] bytes, String fault) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("model file " + folder)
                .hasMessageContaining(fault)
                .hasMessageNotContaining("\n");
    }

    private static byte[] with(String what, String by) {
        byte[] bytes = good.clone();
        byte[] replacement = by.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(replacement, 0, bytes, indexOf(what), replacement.length);
        return bytes;
    }

    private static byte[] architecture(String name) {
        byte[] bytes = good.clone();
        int at = indexOf("general.architecture") + "general.architecture".length() + 4 + 8;
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, name.length());
        return bytes;
    }

    private static byte[] version(int version) {
        byte[] bytes = good.clone();
        little(bytes).putInt(4, version);
        return bytes;
    }

    private static byte[] tensorCount(long count) {
        byte[] bytes = good.clone();
        little(bytes).putLong(8, count);
        return bytes;
    }

    /** Puts another value behind a key with a 32-bit one. */
    private static byte[] number(String key, int value) {
        byte[] bytes = good.clone();
        little(bytes).putInt(indexOf(key) + key.length() + 4, value);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int indexOf(String text) {
        int at = new String(good, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).as(text).isNotNegative();
        return at;
    }
}
