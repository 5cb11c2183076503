package dev.brigade.standalone.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How an answer came about, in a line.
 *
 * @param stages how many there were
 * @param measures confidence and agreement, where the mode computes them
 * @param tokens of all stages
 * @param modelMs sum of the stages' times
 */
record Summary(
        String mode,
        List<String> models,
        int stages,
        int rounds,
        List<String> measures,
        List<String> skipped,
        long tokens,
        long modelMs) {

    Summary {
        models = List.copyOf(models);
        measures = List.copyOf(measures);
        skipped = List.copyOf(skipped);
    }

    static Summary of(JsonNode report) {
        JsonNode stages = report.path("stages");
        long tokens = 0;
        for (JsonNode stage : stages) {
            tokens += stage.path("prompt_tokens").asLong(0);
            tokens += stage.path("completion_tokens").asLong(0);
        }
        List<String> measures = new ArrayList<>();
        measure(report, "confidence", measures);
        measure(report, "agreement", measures);
        return new Summary(
                report.path("mode").asString("unknown"),
                texts(report.path("models_used"), ""),
                stages.size(),
                report.path("rounds").asInt(0),
                measures,
                texts(report.path("skipped"), "stage"),
                tokens,
                report.path("total_inference_time_ms").asLong(0));
    }

    boolean manyStages() {
        return stages > 1;
    }

    String line(String requestId) {
        List<String> parts = new ArrayList<>();
        parts.add(counted(stages, "stage"));
        parts.add(counted(rounds, "round"));
        parts.add(String.join(" + ", models));
        parts.addAll(measures);
        if (!skipped.isEmpty()) {
            parts.add("skipped " + String.join(" ", skipped));
        }
        parts.add(counted(tokens, "token"));
        parts.add(String.format(Locale.ROOT, "%.1f s of models", modelMs / 1000.0));
        return "[%s: %s; ops/brigade saga show %s]"
                .formatted(mode, String.join(", ", parts), requestId);
    }

    private static void measure(JsonNode report, String name, List<String> into) {
        if (report.path(name).isNumber()) {
            String method = report.path(name + "_method").asString("");
            into.add(
                    String.format(Locale.ROOT, "%s %.2f", name, report.path(name).asDouble())
                            + (method.isEmpty() ? "" : " by " + method));
        }
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add((field.isEmpty() ? each : each.path(field)).asString(""));
        }
        return texts;
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
