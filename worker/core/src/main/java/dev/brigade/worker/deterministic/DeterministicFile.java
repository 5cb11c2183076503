package dev.brigade.worker.deterministic;

import dev.brigade.worker.backend.ModelLoadException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A model file of the deterministic backend: the line {@code #deterministic-model}, then
 * properties, all optional.
 *
 * @param tokensPerSecond {@code tokens_per_second}: speed of one request; 0 is as fast as can be
 * @param answerTokens {@code answer_tokens}: length of an answer where the request sets no limit
 * @param loadMs {@code load_ms}: time to load
 * @param memoryMb {@code memory_mb}: memory that it claims to take
 */
record DeterministicFile(int tokensPerSecond, int answerTokens, int loadMs, int memoryMb) {

    private static final String FIRST_LINE = "#deterministic-model";

    static DeterministicFile read(Path file) throws ModelLoadException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ModelLoadException("model file " + file + " cannot be read", e);
        }
        if (!text.startsWith(FIRST_LINE)) {
            throw new ModelLoadException(
                    "model file %s does not begin with %s".formatted(file, FIRST_LINE));
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelLoadException("model file " + file + " is malformed", e);
        }
        return new DeterministicFile(
                number(file, properties, "tokens_per_second", 0),
                number(file, properties, "answer_tokens", 32),
                number(file, properties, "load_ms", 0),
                number(file, properties, "memory_mb", 1));
    }

    private static int number(Path file, Properties properties, String name, int otherwise)
            throws ModelLoadException {
        String value = properties.getProperty(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= 0 && number <= 1_000_000) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ModelLoadException(
                "model file %s: %s must be 0 to 1000000, not %s".formatted(file, name, value));
    }
}
