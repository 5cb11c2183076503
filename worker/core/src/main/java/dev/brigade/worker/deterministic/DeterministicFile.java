package dev.brigade.worker.deterministic;

import dev.brigade.worker.backend.ModelLoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model file of the deterministic backend: the line {@code #deterministic-model}, then YAML, all
 * of it optional. {@code name=value} is read as {@code name: value}; a line that begins with {@code
 * #} is a comment.
 *
 * <pre>{@code
 * #deterministic-model
 * tokens_per_second: 100
 * replies:
 *   - when: <draft
 *     say: '{"issues":[],"score":9}'
 *   - job: /critique-2/
 *     fail: engine_error
 * }</pre>
 *
 * @param tokensPerSecond {@code tokens_per_second}: speed of one request; 0 is as fast as can be
 * @param answerTokens {@code answer_tokens}: length of an answer where the request sets no limit
 * @param loadMs {@code load_ms}: time to load
 * @param memoryMb {@code memory_mb}: memory that it claims to take
 * @param task {@code task}: what the model is for; {@code text} where it is not given
 * @param delayMs {@code delay_ms}: what one text to embed or one image to classify takes
 * @param dimensions {@code dimensions}: length of vectors
 * @param labels {@code labels}: what an image can be
 * @param replies {@code replies}: what certain calls are answered, at most 256; the first that
 *     matches a call counts
 */
record DeterministicFile(
        int tokensPerSecond,
        int answerTokens,
        int loadMs,
        int memoryMb,
        Task task,
        int delayMs,
        int dimensions,
        List<String> labels,
        List<ReplyRule> replies) {

    /** What a model is for. */
    enum Task {
        /** Generates texts. */
        TEXT,
        /** Generates texts about pictures too. */
        VISION,
        /** Embeds texts. */
        EMBEDDING,
        /** Classifies images. */
        CLASSIFY
    }

    /** Largest number of any property. */
    static final int MOST = 1_000_000;

    private static final String FIRST_LINE = "#deterministic-model";
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_REPLIES = 256;
    private static final Pattern ASSIGNMENT = Pattern.compile("^([a-z_]+)\\s*=");
    private static final Set<String> PROPERTIES =
            Set.of(
                    "tokens_per_second",
                    "answer_tokens",
                    "load_ms",
                    "memory_mb",
                    "task",
                    "delay_ms",
                    "dimensions",
                    "labels",
                    "replies");
    private static final List<String> LABELS = List.of("technical", "discard");

    DeterministicFile {
        labels = List.copyOf(labels);
        replies = List.copyOf(replies);
    }

    static DeterministicFile read(Path file) throws ModelLoadException {
        Fields fields = Fields.parse("model file " + file, yaml(file), PROPERTIES);
        return new DeterministicFile(
                fields.number("tokens_per_second", 0, MOST).orElse(0),
                fields.number("answer_tokens", 0, MOST).orElse(32),
                fields.number("load_ms", 0, MOST).orElse(0),
                fields.number("memory_mb", 0, MOST).orElse(1),
                task(fields),
                fields.number("delay_ms", 0, MOST).orElse(0),
                fields.number("dimensions", 1, 4_096).orElse(16),
                fields.has("labels") ? fields.texts("labels", 100, 100) : LABELS,
                replies(fields));
    }

    private static Task task(Fields fields) throws ModelLoadException {
        String name = fields.text("task", 1, 20).orElse("text");
        for (Task task : Task.values()) {
            if (task.name().toLowerCase(Locale.ROOT).equals(name)) {
                return task;
            }
        }
        throw fields.error("task must be text, vision, embedding or classify, not " + name);
    }

    private static List<ReplyRule> replies(Fields fields) throws ModelLoadException {
        List<ReplyRule> rules = new ArrayList<>();
        for (Fields rule : fields.list("replies", MOST_REPLIES, ReplyRule.PROPERTIES)) {
            rules.add(ReplyRule.of(rule));
        }
        return rules;
    }

    /** What stands in the file beside comments, which may be as large as a test of sizes needs. */
    private static String yaml(Path file) throws ModelLoadException {
        String text;
        try (Stream<String> lines = Files.lines(file)) {
            List<String> all = lines.map(DeterministicFile::plain).toList();
            text = all.stream().skip(1).collect(Collectors.joining("\n", "\n", "\n"));
            if (all.isEmpty() || !all.getFirst().startsWith(FIRST_LINE)) {
                throw new ModelLoadException(
                        "model file %s does not begin with %s".formatted(file, FIRST_LINE));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ModelLoadException("model file " + file + " cannot be read", e);
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new ModelLoadException(
                    "model file %s has over %d characters".formatted(file, MOST_CHARACTERS));
        }
        return text;
    }

    private static String plain(String line) {
        if (line.startsWith("#")) {
            return line.startsWith(FIRST_LINE) ? FIRST_LINE : "";
        }
        return ASSIGNMENT.matcher(line).replaceFirst("$1: ");
    }
}
