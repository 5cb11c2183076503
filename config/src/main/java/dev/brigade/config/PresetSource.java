package dev.brigade.config;

import dev.brigade.config.OrchestrationConfig.Critique;
import dev.brigade.config.OrchestrationConfig.Debate;
import dev.brigade.config.OrchestrationConfig.Ensemble;
import dev.brigade.config.YamlNode.Properties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one preset and checks that its stages and properties are those of its mode. */
final class PresetSource {

    private static final Set<String> PROPERTIES =
            Set.of(
                    "description",
                    "mode",
                    "stages",
                    "compensation_topic",
                    "max_rounds",
                    "samples",
                    "threshold",
                    "min_agreement",
                    "memory_gb",
                    "evidence");

    /** Properties that mean something in some modes only. */
    private static final Map<String, Set<String>> MODES_OF =
            Map.of(
                    "max_rounds", Set.of("critique", "debate"),
                    "samples", Set.of("ensemble"),
                    "threshold", Set.of("critique"),
                    "min_agreement", Set.of("debate", "ensemble"));

    private static final int MOST_STAGES = 8;
    private static final Pattern DESCRIPTION = Pattern.compile("[^\\p{Cntrl}]{1,300}");
    private static final Pattern TOPIC =
            Pattern.compile("(?!\\.{1,2}$)(?!inference\\.)[A-Za-z0-9._-]{1,249}");

    private PresetSource() {}

    static Preset of(String id, YamlNode node) {
        Properties in = Properties.of(node, PROPERTIES);
        String mode = PresetsConfig.mode(in.required("mode"));
        List<PresetStage> stages = stages(in.required("stages"), mode);
        checkMeant(in, mode, stages);
        return new Preset(
                id,
                in.required("description").text(DESCRIPTION, "a line of 1 to 300 characters"),
                mode,
                stages,
                in.optional("compensation_topic", PresetSource::topic),
                in.integer("max_rounds", 1, mostRounds(mode)),
                in.integer("samples", Ensemble.LEAST_SAMPLES, Ensemble.MOST_SAMPLES),
                in.decimal("threshold", 0, 1),
                in.decimal("min_agreement", 0, 1),
                in.optional("memory_gb", size -> size.decimal(0, 100_000)),
                in.optional("evidence", Evidence::of).orElse(Evidence.NONE));
    }

    private static int mostRounds(String mode) {
        return mode.equals("debate") ? Debate.MOST_ROUNDS : Critique.MOST_ROUNDS;
    }

    private static String topic(YamlNode node) {
        return node.text(
                TOPIC, "a topic: 1 to 249 letters, digits, '.', '_', '-', not led by 'inference.'");
    }

    private static void checkMeant(Properties in, String mode, List<PresetStage> stages) {
        MODES_OF.forEach((property, modes) -> {
            if (!modes.contains(mode)) {
                in.refuse(property, "means nothing in mode " + mode);
            }
        });
        if (Collections.frequency(names(stages), "answer") > 1) {
            in.refuse("samples", "means nothing where several models answer");
        }
    }

    private static List<PresetStage> stages(YamlNode node, String mode) {
        var stages = new ArrayList<PresetStage>();
        List<YamlNode> items = node.items();
        for (YamlNode item : items) {
            Map<String, YamlNode> entries = item.entries();
            if (entries.size() != 1) {
                throw item.error("must be one stage with its model, such as answer: phi-4");
            }
            entries.forEach((stage, model) ->
                    stages.add(new PresetStage(stage, ConfigNames.modelId(model))));
        }
        if (stages.size() > MOST_STAGES) {
            throw node.error(
                    "must hold 1 to %d stages, has %d".formatted(MOST_STAGES, stages.size()));
        }
        checkStages(node, items, mode, names(stages));
        return stages;
    }

    private static void checkStages(
            YamlNode node, List<YamlNode> items, String mode, List<String> names) {
        switch (mode) {
            case "single" -> require(node, names, names.equals(List.of("answer")), "one answer");
            case "critique" ->
                    require(
                            node,
                            names,
                            names.equals(List.of("generate", "critique")),
                            "generate, then critique");
            case "debate" ->
                    require(
                            node,
                            names,
                            answersThen(names, 2, "reconcile"),
                            "two or more answer, then reconcile");
            case "ensemble" ->
                    require(
                            node,
                            names,
                            answersThen(names, 1, "synthesise"),
                            "one or more answer, then synthesise");
            default -> {
                for (YamlNode item : items) {
                    PipelineStages.name(item.firstName());
                }
                PipelineStages.check(node, items, names);
            }
        }
    }

    private static boolean answersThen(List<String> names, int least, String last) {
        int answers = names.size() - 1;
        return answers >= least
                && Collections.nCopies(answers, "answer").equals(names.subList(0, answers))
                && names.getLast().equals(last);
    }

    private static void require(YamlNode node, List<String> names, boolean met, String stages) {
        if (!met) {
            throw node.error("must be %s, was %s".formatted(stages, names));
        }
    }

    private static List<String> names(List<PresetStage> stages) {
        return stages.stream().map(PresetStage::stage).toList();
    }
}
