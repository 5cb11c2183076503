package dev.brigade.demo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.demo.gguf.GgufFile;
import dev.brigade.demo.gguf.GgufValue;
import dev.brigade.demo.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTokenizerTest {

    private static final List<String> TEXTS =
            List.of("low lower lowest", "new newer newest", "wide wider widest", "12 + 12 = 24");

    private final BytePairTokenizer tokenizer = BytePairTraining.learn(TEXTS, 280);

    @Test
    void givesBackWhatItSplit() {
        for (String text :
                List.of("", "lower", "  two  blanks ", "Grüße, 世界 🙂\n\tend", "x1y22z")) {
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void givesBackRandomText() {
        long seed = 17;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text =
                    random.ints(random.nextInt(40), 1, 0x2FFF)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            assertThat(tokenizer.decode(tokenizer.encode(text))).as("seed " + seed).isEqualTo(text);
        }
    }

    @Test
    void mergesWhatIsFrequent() {
        assertThat(tokenizer.encode("lower").size()).isLessThan(4);
        assertThat(tokenizer.size()).isLessThanOrEqualTo(280);
    }

    @Test
    void neverMergesDigits() {
        assertThat(tokenizer.encode("121212")).hasSize(6);
    }

    @Test
    void neverReadsMarksInText() {
        assertThat(tokenizer.encode(BytePairTokenizer.TURN_START + BytePairTokenizer.TURN_END))
                .doesNotContain(tokenizer.turnStart(), tokenizer.turnEnd());
    }

    @Test
    void hasNoTokenTwice(@TempDir Path folder) throws IOException {
        // "a" + "bc" and "ab" + "c" make the same text, and an engine dies of two such tokens.
        BytePairTokenizer twice =
                new BytePairTokenizer(BytePairs.of(List.of("a b", "b c", "ab c", "a bc")));
        Path file = folder.resolve("vocabulary.gguf");
        GgufWriter gguf = new GgufWriter();
        twice.describe(gguf);
        gguf.write(file);
        assertThat(
                        GgufFile.read(file)
                                .value("tokenizer.ggml.tokens", GgufValue.Texts.class)
                                .values())
                .hasSize(twice.size())
                .doesNotHaveDuplicates();
    }

    @Test
    void comesBackFromAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("vocabulary.gguf");
        GgufWriter gguf = new GgufWriter();
        tokenizer.describe(gguf);
        gguf.write(file);
        BytePairTokenizer read = BytePairTokenizer.of(GgufFile.read(file));
        assertThat(read.size()).isEqualTo(tokenizer.size());
        assertThat(read.encode("the lowest newest"))
                .isEqualTo(tokenizer.encode("the lowest newest"));
    }
}
