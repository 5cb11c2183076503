package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PipelineStages;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Critique;
import dev.brigade.dispatcher.plan.Debate;
import dev.brigade.dispatcher.plan.Ensemble;
import dev.brigade.dispatcher.plan.Fanout;
import dev.brigade.dispatcher.plan.Pipeline;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Single;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.routing.Route;
import dev.brigade.dispatcher.routing.RoutingDecision;
import java.util.Collections;
import java.util.List;

/** The modes with the models that roles, tasks and configuration give to their stages. */
final class ByRole {

    private final Casting casting;
    private final OrchestrationConfig config;

    ByRole(Casting casting, OrchestrationConfig config) {
        this.casting = casting;
        this.config = config;
    }

    Draft draft(String mode) {
        return switch (mode) {
            case "single" -> single();
            case "critique" -> critique();
            case "debate" -> debate();
            case "ensemble" -> ensemble();
            case "pipeline" -> pipeline();
            case "map" -> map();
            case Sweep.STAGE -> batch();
            default ->
                    Draft.invalid(
                            "orchestration_mode",
                            "orchestration_mode must be one of %s or map, was %s"
                                    .formatted(OrchestrationConfig.MODES, mode));
        };
    }

    private Draft single() {
        return switch (casting.whole()) {
            case RoutingDecision.Refused refused -> new Draft.Lacking(refused.failure());
            case RoutingDecision.Routed(Route route) ->
                    ready(route, Single.of(casting.cast(route), casting.request().input()));
        };
    }

    private Draft critique() {
        String needed = "two models that are up, one to write and one to judge";
        return Draft.of(
                "critique",
                needed,
                List.of(casting.writer(casting.writersRole())),
                writers ->
                        Draft.of(
                                "critique",
                                needed,
                                List.of(
                                        casting.judgeOtherThan(
                                                writers.getFirst().model(), Roles.THINKER)),
                                critics -> critique(writers.getFirst(), critics.getFirst())));
    }

    private Draft critique(Route writer, Route critic) {
        var critique = config.critique();
        return ready(
                writer,
                new Critique(
                        casting.cast(writer),
                        casting.cast(critic),
                        critique.maxRounds(),
                        critique.threshold()));
    }

    private Draft debate() {
        if (casting.request().explicitModel().isPresent()) {
            return Draft.invalid("model", "mode debate takes several models: leave out model");
        }
        var debate = config.debate();
        List<String> voices = casting.voices();
        if (voices.size() < 2) {
            return Draft.tooFew("debate", "2 models that are up, and has " + voices.size());
        }
        List<Cast> casts =
                voices.stream().limit(debate.maxParticipants()).map(casting::only).toList();
        return Draft.of(
                "debate",
                "a model that reconciles",
                List.of(casting.named(debate.reconcileModel())),
                routes ->
                        ready(
                                routes.getFirst(),
                                new Debate(
                                        casts,
                                        casting.cast(routes.getFirst()),
                                        debate.maxRounds(),
                                        debate.minAgreement(),
                                        casting.yardstick(config.agreement()))));
    }

    /** Several samples of one model: hard to beat at equal tokens. */
    private Draft ensemble() {
        var ensemble = config.ensemble();
        RoutingDecision synthesiser =
                casting.request().explicitModel().isPresent()
                        ? casting.writer(Roles.PRIMARY)
                        : casting.named(ensemble.synthesisModel());
        return Draft.of(
                "ensemble",
                "a model that is up",
                List.of(casting.writer(casting.writersRole()), synthesiser),
                routes ->
                        ready(
                                routes.getFirst(),
                                new Ensemble(
                                        Collections.nCopies(
                                                ensemble.samples(),
                                                casting.cast(routes.getFirst())),
                                        true,
                                        casting.cast(routes.getLast()),
                                        ensemble.minAgreement(),
                                        ensemble.temperature(),
                                        casting.yardstick(config.agreement()))));
    }

    private Draft pipeline() {
        List<String> stages = config.pipeline().stages();
        return Draft.of(
                "pipeline",
                "a model that is up for each stage",
                stages.stream().map(this::stage).toList(),
                routes -> {
                    int writer = Roles.lastWriter(stages);
                    return ready(
                            routes.get(writer),
                            new Pipeline(stages, routes.stream().map(casting::cast).toList()));
                });
    }

    private RoutingDecision stage(String name) {
        return name.equals(PipelineStages.VALIDATE)
                ? casting.judge(Roles.PRIMARY)
                : casting.writer(Roles.ofStage(name, casting.isCode()));
    }

    private Draft map() {
        return switch (casting.whole()) {
            case RoutingDecision.Refused refused -> new Draft.Lacking(refused.failure());
            case RoutingDecision.Routed(Route route) -> {
                int items =
                        casting.request().input() instanceof Input.Map map ? map.items().size() : 1;
                yield ready(
                        route, new Fanout(casting.cast(route), items, config.fanout().window()));
            }
        };
    }

    /** One model for all images: another one may have other labels. */
    private Draft batch() {
        return switch (casting.whole()) {
            case RoutingDecision.Refused refused -> new Draft.Lacking(refused.failure());
            case RoutingDecision.Routed(Route route) ->
                    ready(
                            route,
                            new Sweep(
                                    casting.only(route.model()),
                                    images(casting.request().input()),
                                    PartSizing.of(casting.request().input(), config.batch()),
                                    config.batch().window()));
        };
    }

    private static int images(Input input) {
        return input instanceof Input.ImageBatch batch ? batch.source().known() : 0;
    }

    private static Draft ready(Route route, Plan plan) {
        return new Draft.Ready(plan, route.model(), route.reason());
    }
}
