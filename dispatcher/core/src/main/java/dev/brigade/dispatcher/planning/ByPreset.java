package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PipelineStages;
import dev.brigade.config.Preset;
import dev.brigade.config.PresetStage;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Critique;
import dev.brigade.dispatcher.plan.Debate;
import dev.brigade.dispatcher.plan.Ensemble;
import dev.brigade.dispatcher.plan.Pipeline;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Single;
import dev.brigade.dispatcher.routing.Route;
import dev.brigade.dispatcher.routing.RoutingDecision;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The modes with the models that a preset names. They are used or refused, never replaced. */
final class ByPreset {

    private final Casting casting;
    private final OrchestrationConfig config;
    private final Preset preset;

    ByPreset(Casting casting, OrchestrationConfig config, Preset preset) {
        this.casting = casting;
        this.config = config;
        this.preset = preset;
    }

    /** The preset's own mode, or a smaller one of those of its models that are up. */
    Draft draft(String mode) {
        if (!mode.equals(preset.mode())) {
            return mode.equals("ensemble") ? smallerEnsemble() : smallerSingle();
        }
        return switch (mode) {
            case "critique" -> whole(this::critique);
            case "debate" -> whole(this::debate);
            case "ensemble" -> whole(() -> ensemble(preset.modelsOf("answer")));
            case "pipeline" -> whole(this::pipeline);
            default -> single();
        };
    }

    private Draft single() {
        String model = preset.models().getFirst();
        return switch (casting.whole(model)) {
            case RoutingDecision.Refused refused -> new Draft.Lacking(refused.failure());
            case RoutingDecision.Routed(Route route) ->
                    ready(route.model(), Single.of(casting.cast(route), casting.request().input()));
        };
    }

    private Draft critique() {
        String writer = preset.modelsOf("generate").getFirst();
        return ready(
                writer,
                new Critique(
                        casting.only(writer),
                        casting.only(preset.modelsOf("critique").getFirst()),
                        preset.rounds().orElse(config.critique().maxRounds()),
                        preset.threshold().orElse(config.critique().threshold())));
    }

    private Draft debate() {
        String reconciler = preset.modelsOf("reconcile").getFirst();
        return ready(
                reconciler,
                new Debate(
                        casts(preset.modelsOf("answer")),
                        casting.only(reconciler),
                        preset.rounds().orElse(config.debate().maxRounds()),
                        preset.minAgreement().orElse(config.debate().minAgreement()),
                        casting.yardstick(config.agreement())));
    }

    /** Of one model, several samples. */
    private Draft ensemble(List<String> models) {
        var ensemble = config.ensemble();
        boolean samples = models.size() == 1;
        String synthesiser = synthesiser(models);
        List<String> voices =
                samples
                        ? Collections.nCopies(
                                preset.samples().orElse(ensemble.samples()), models.getFirst())
                        : models;
        return ready(
                synthesiser,
                new Ensemble(
                        casts(voices),
                        samples,
                        casting.only(synthesiser),
                        preset.minAgreement().orElse(ensemble.minAgreement()),
                        ensemble.temperature(),
                        casting.yardstick(config.agreement())));
    }

    private Draft pipeline() {
        int writer = Roles.lastWriter(preset.stageNames());
        return ready(
                preset.stages().get(writer).model(),
                new Pipeline(
                        preset.stageNames(),
                        preset.stages().stream()
                                .map(PresetStage::model)
                                .map(casting::only)
                                .toList()));
    }

    /** Two or more of its models that are up. */
    private Draft smallerEnsemble() {
        List<String> up = up().distinct().toList();
        return up.size() < 2
                ? Draft.tooFew("ensemble", "2 models of preset " + preset.id() + " that are up")
                : ensemble(up);
    }

    /** The model that would have given the answer, or else the first that is up. */
    private Draft smallerSingle() {
        return Stream.concat(up().filter(answering()::equals), up())
                .findFirst()
                .map(model ->
                        ready(model, Single.of(casting.only(model), casting.request().input())))
                .orElseGet(() ->
                        Draft.tooFew("single", "a model of preset " + preset.id() + " that is up"));
    }

    private String answering() {
        return switch (preset.mode()) {
            case "critique" -> preset.modelsOf("generate").getFirst();
            case "pipeline" -> preset.stages().get(Roles.lastWriter(preset.stageNames())).model();
            default -> preset.stages().getLast().model();
        };
    }

    private Stream<String> up() {
        return preset.models().stream()
                .filter(model -> casting.writes(model) instanceof RoutingDecision.Routed);
    }

    /** The plan, if every one of its models is up. */
    private Draft whole(Supplier<Draft> ready) {
        return Draft.of(
                preset.mode(),
                "all models of preset " + preset.id(),
                preset.stages().stream().map(this::part).toList(),
                _ -> ready.get());
    }

    private RoutingDecision part(PresetStage stage) {
        boolean judges =
                stage.stage().equals("critique") || stage.stage().equals(PipelineStages.VALIDATE);
        return judges ? casting.judges(stage.model()) : casting.writes(stage.model());
    }

    /** The last of its models that is up and makes one answer of several. */
    private String synthesiser(List<String> voices) {
        String last = preset.stages().getLast().model();
        return up().anyMatch(last::equals) ? last : voices.getFirst();
    }

    private List<Cast> casts(List<String> models) {
        return models.stream().map(casting::only).toList();
    }

    private Draft ready(String model, Plan plan) {
        return new Draft.Ready(plan, model, "preset " + preset.id());
    }
}
