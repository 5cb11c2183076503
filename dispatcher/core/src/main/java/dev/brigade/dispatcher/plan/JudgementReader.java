package dev.brigade.dispatcher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON of judges. What does not say exactly what was asked for is no judgement: a score
 * is read or absent, never guessed.
 */
final class JudgementReader {

    private static final int MOST_REMARKS = 20;

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JudgementReader() {}

    /** A critic's: a score and issues, each with a quote and a problem. */
    static Optional<Judgement> critique(String text) {
        return read(
                text,
                root ->
                        points(root)
                                .flatMap(points ->
                                        texts(root.path("issues"), JudgementReader::issue)
                                                .map(issues ->
                                                        new Judgement(points, true, issues))));
    }

    /** A validator's: a verdict, a score and reasons. */
    static Optional<Judgement> verdict(String text) {
        return read(
                text,
                root ->
                        points(root)
                                .flatMap(points ->
                                        accepted(root.path("verdict"))
                                                .flatMap(accepted ->
                                                        texts(
                                                                        root.path("reasons"),
                                                                        JudgementReader::text)
                                                                .map(reasons ->
                                                                        new Judgement(
                                                                                points, accepted,
                                                                                reasons)))));
    }

    private static Optional<Judgement> read(
            String text, Function<JsonNode, Optional<Judgement>> reader) {
        try {
            return reader.apply(STRICT.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> points(JsonNode root) {
        JsonNode score = root.path("score");
        return score.isIntegralNumber()
                        && score.canConvertToInt()
                        && score.intValue() >= 0
                        && score.intValue() <= Judgement.MOST_POINTS
                ? Optional.of(score.intValue())
                : Optional.empty();
    }

    private static Optional<Boolean> accepted(JsonNode verdict) {
        return text(verdict)
                .flatMap(word ->
                        switch (word) {
                            case "accept" -> Optional.of(true);
                            case "revise" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    private static Optional<String> issue(JsonNode issue) {
        return text(issue.path("quote"))
                .flatMap(quote ->
                        text(issue.path("problem"))
                                .map(problem -> "\"" + quote + "\": " + problem));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    /** All of a short list, or nothing. */
    private static Optional<List<String>> texts(
            JsonNode list, Function<JsonNode, Optional<String>> reader) {
        if (!list.isArray() || list.size() > MOST_REMARKS) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (JsonNode item : list) {
            reader.apply(item).ifPresent(texts::add);
        }
        return texts.size() == list.size() ? Optional.of(texts) : Optional.empty();
    }
}
