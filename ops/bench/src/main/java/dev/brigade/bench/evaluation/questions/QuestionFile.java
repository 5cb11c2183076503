package dev.brigade.bench.evaluation.questions;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads questions from JSON lines with {@code id}, {@code question}, {@code answer}, {@code kind}
 * and, where wanted, {@code group}. An answer is a text, a number or, of kind list, an array. Other
 * fields and empty lines are passed over.
 */
public final class QuestionFile {

    /** Most questions of one file. */
    public static final int MOST = 100_000;

    private static final String NO_GROUP = "all";

    private QuestionFile() {}

    /**
     * The questions of a file, in its order.
     *
     * @throws IllegalArgumentException naming the line and the field at fault
     */
    public static List<Question> read(Path file) throws IOException {
        List<Question> questions = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line;
            while ((line = reader.readLine()) != null) {
                number++;
                if (!line.isBlank()) {
                    questions.add(question(line, ids, "%s, line %d".formatted(file, number)));
                    require(questions.size() <= MOST, file.toString(), "more than " + MOST);
                }
            }
        }
        require(!questions.isEmpty(), file.toString(), "no question");
        return List.copyOf(questions);
    }

    private static Question question(String line, Set<String> ids, String where) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            require(json.isObject(), where, "not a JSON object");
            String id = text(json, "id", where);
            require(ids.add(id), where, "id is that of an earlier question");
            return question(
                    id,
                    json.path("group").asString(NO_GROUP),
                    text(json, "question", where),
                    answer(json.path("answer"), where),
                    kind(text(json, "kind", where), where),
                    where);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(where + ": not JSON", e);
        }
    }

    private static Question question(
            String id, String group, String text, String answer, AnswerKind kind, String where) {
        try {
            return new Question(id, group, text, answer, kind);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static AnswerKind kind(String name, String where) {
        return AnswerKind.named(name)
                .orElseThrow(() -> {
                    String names =
                            Arrays.stream(AnswerKind.values())
                                    .map(AnswerKind::wireName)
                                    .collect(Collectors.joining(", "));
                    return new IllegalArgumentException(
                            "%s: kind must be one of %s".formatted(where, names));
                });
    }

    private static String answer(JsonNode answer, String where) {
        require(
                answer.isString() || answer.isNumber() || answer.isArray(),
                where,
                "answer must be a text, a number or an array");
        return answer.isArray()
                ? answer.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : answer.asString();
    }

    private static String text(JsonNode json, String field, String where) {
        require(json.path(field).isString(), where, field + " must be a text");
        return json.path(field).asString();
    }

    private static void require(boolean kept, String where, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(where + ": " + rule);
        }
    }
}
