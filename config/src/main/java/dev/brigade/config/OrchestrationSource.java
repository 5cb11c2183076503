package dev.brigade.config;

import dev.brigade.config.OrchestrationConfig.Agreement;
import dev.brigade.config.OrchestrationConfig.AgreementMethod;
import dev.brigade.config.OrchestrationConfig.Batch;
import dev.brigade.config.OrchestrationConfig.Critique;
import dev.brigade.config.OrchestrationConfig.Debate;
import dev.brigade.config.OrchestrationConfig.Ensemble;
import dev.brigade.config.OrchestrationConfig.Fanout;
import dev.brigade.config.OrchestrationConfig.Pipeline;
import dev.brigade.config.YamlNode.Properties;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads {@link OrchestrationConfig} from its file and the environment, which goes first. A variable
 * that is empty says nothing, as compose files write one that is not set.
 */
final class OrchestrationSource {

    private final Map<String, String> environment;

    private OrchestrationSource(Map<String, String> environment) {
        this.environment = environment;
    }

    static OrchestrationConfig of(YamlNode root, Map<String, String> environment) {
        Set<String> known =
                Set.of(
                        "default_mode",
                        "default_preset",
                        "critique",
                        "debate",
                        "ensemble",
                        "pipeline",
                        "fanout",
                        "batch",
                        "agreement");
        return new OrchestrationSource(environment).read(Properties.of(root, known));
    }

    private OrchestrationConfig read(Properties in) {
        return new OrchestrationConfig(
                text(in, "default_mode", "INFERENCE_ORCHESTRATION_MODE")
                        .map(PresetsConfig::mode)
                        .orElse("single"),
                defaultPreset(in),
                critique(in.group("critique", Set.of("max_rounds", "threshold"))),
                debate(
                        in.group(
                                "debate",
                                Set.of(
                                        "max_rounds",
                                        "min_agreement",
                                        "max_participants",
                                        "reconcile_model"))),
                ensemble(
                        in.group(
                                "ensemble",
                                Set.of(
                                        "min_agreement",
                                        "samples",
                                        "temperature",
                                        "synthesis_model"))),
                pipeline(in.group("pipeline", Set.of("stages"))),
                new Fanout(in.group("fanout", Set.of("window")).integer("window", 1, 64, 8)),
                batch(in.group("batch", Set.of("part_size", "window"))),
                agreement(
                        in.group(
                                "agreement",
                                Set.of("method", "model", "unrelated_cosine", "same_cosine"))));
    }

    /** Two variables name it; if they contradict each other, neither is guessed to be meant. */
    private Optional<String> defaultPreset(Properties in) {
        Optional<String> first = set("INFERENCE_CONFIG");
        Optional<String> second = set("INFERENCE_DEFAULT_PRESET");
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            throw new ConfigException(
                    "INFERENCE_CONFIG and INFERENCE_DEFAULT_PRESET must name the same preset where"
                            + " both are set, were %s and %s".formatted(first.get(), second.get()));
        }
        String variable = first.isPresent() ? "INFERENCE_CONFIG" : "INFERENCE_DEFAULT_PRESET";
        return text(in, "default_preset", variable).map(PresetsConfig::id);
    }

    private Critique critique(Properties in) {
        return new Critique(
                number(in, "max_rounds", "INFERENCE_CRITIQUE_MAX_ROUNDS")
                        .map(node -> node.integer(1, Critique.MOST_ROUNDS))
                        .orElse(2),
                number(in, "threshold", "INFERENCE_CRITIQUE_THRESHOLD")
                        .map(node -> node.decimal(0, 1))
                        .orElse(0.8));
    }

    private Debate debate(Properties in) {
        return new Debate(
                number(in, "max_rounds", "INFERENCE_DEBATE_MAX_ROUNDS")
                        .map(node -> node.integer(1, Debate.MOST_ROUNDS))
                        .orElse(3),
                in.decimal("min_agreement", 0, 1).orElse(0.7),
                in.integer("max_participants", 2, 8, 5),
                text(in, "reconcile_model", "INFERENCE_DEBATE_RECONCILE_MODEL")
                        .map(ConfigNames::modelId)
                        .orElse("primary"));
    }

    private Ensemble ensemble(Properties in) {
        return new Ensemble(
                number(in, "min_agreement", "INFERENCE_ENSEMBLE_MIN_AGREEMENT")
                        .map(node -> node.decimal(0, 1))
                        .orElse(0.7),
                in.integer("samples", Ensemble.LEAST_SAMPLES, Ensemble.MOST_SAMPLES, 5),
                in.decimal("temperature", 0, 2).orElse(0.8),
                text(in, "synthesis_model", "INFERENCE_ENSEMBLE_SYNTHESIS_MODEL")
                        .map(ConfigNames::modelId)
                        .orElse("primary"));
    }

    private Pipeline pipeline(Properties in) {
        return node(
                        in,
                        "stages",
                        "INFERENCE_PIPELINE_STAGES",
                        (text, variable) -> YamlNode.list(names(text), variable))
                .map(OrchestrationSource::stages)
                .orElse(new Pipeline(List.of("draft", "refine", PipelineStages.VALIDATE)));
    }

    private static Pipeline stages(YamlNode node) {
        List<YamlNode> items = node.items();
        List<String> names = items.stream().map(PipelineStages::name).toList();
        PipelineStages.check(node, items, names);
        return new Pipeline(names);
    }

    private static Batch batch(Properties in) {
        return new Batch(in.integer("part_size", 1, 1000, 64), in.integer("window", 1, 64, 8));
    }

    private static Agreement agreement(Properties in) {
        double unrelated = in.decimal("unrelated_cosine", -1, 1).orElse(0.3);
        double same = in.decimal("same_cosine", -1, 1).orElse(0.95);
        if (unrelated >= same) {
            throw in.parent()
                    .error(
                            "agreement.unrelated_cosine must be below agreement.same_cosine, were"
                                    + " %s and %s".formatted(unrelated, same));
        }
        return new Agreement(
                in.choice("method", AgreementMethod.class, AgreementMethod.AUTO),
                in.optional("model", ConfigNames::modelId),
                unrelated,
                same);
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private Optional<YamlNode> text(Properties in, String property, String variable) {
        return node(in, property, variable, YamlNode::text);
    }

    private Optional<YamlNode> number(Properties in, String property, String variable) {
        return node(in, property, variable, YamlNode::number);
    }

    private Optional<YamlNode> node(
            Properties in,
            String property,
            String variable,
            BiFunction<String, String, YamlNode> read) {
        return set(variable)
                .map(text -> read.apply(text, variable))
                .or(() -> in.optional(property, node -> node));
    }

    private Optional<String> set(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
