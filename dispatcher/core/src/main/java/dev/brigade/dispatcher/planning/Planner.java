package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.OrchestrationConfig.AgreementMethod;
import dev.brigade.config.Preset;
import dev.brigade.config.PresetsConfig;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.plan.Critique;
import dev.brigade.dispatcher.plan.Debate;
import dev.brigade.dispatcher.plan.Ensemble;
import dev.brigade.dispatcher.plan.Fanout;
import dev.brigade.dispatcher.plan.Pipeline;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Single;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.Router;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Decides how a request is answered: by the preset or mode that it names, or else by the configured
 * default. Configuration decides only for chats that name no mode, preset or model; and it alone
 * never causes a refusal, since who asked for nothing can do with a smaller mode.
 */
public final class Planner {

    private static final String SINGLE = "single";
    private static final String MAP = "map";
    private static final String BATCH = Sweep.STAGE;

    private final Router router;
    private final OrchestrationConfig config;
    private final PresetsConfig presets;

    public Planner(Router router, OrchestrationConfig config, PresetsConfig presets) {
        this.router = router;
        this.config = config;
        this.presets = presets;
    }

    public PlanDecision plan(Request request, Fleet fleet) {
        Optional<Failure> contradiction = contradiction(request);
        if (contradiction.isPresent()) {
            return new PlanDecision.Refused(contradiction.get());
        }
        Choice choice = choice(request);
        var casting = new Casting(router, request, fleet);
        Draft first = draft(casting, choice, choice.mode());
        Draft draft = first;
        for (String smaller : choice.smaller()) {
            if (draft instanceof Draft.Lacking lacking && lacking.tooFew()) {
                draft = draft(casting, choice, smaller);
            }
        }
        return switch (draft) {
            case Draft.Lacking lacking -> new PlanDecision.Refused(lacking.failure());
            case Draft.Ready ready -> new PlanDecision.Planned(charter(choice, ready, first));
        };
    }

    private Draft draft(Casting casting, Choice choice, String mode) {
        return choice.preset()
                .map(preset -> new ByPreset(casting, config, preset).draft(mode))
                .orElseGet(() -> new ByRole(casting, config).draft(mode));
    }

    private Charter charter(Choice choice, Draft.Ready ready, Draft first) {
        var decisions = new ArrayList<String>();
        if (first instanceof Draft.Lacking lacking) {
            decisions.add(
                    "%s instead: %s".formatted(ready.plan().name(), lacking.failure().message()));
        }
        if (lacksYardstick(ready.plan())) {
            decisions.add("no embedding model is up, so answers are compared by their words");
        }
        return new Charter(
                ready.plan(),
                choice.named() ? Optional.of(choice.mode()) : Optional.empty(),
                choice.preset().map(Preset::id),
                choice.preset().flatMap(Preset::compensationTopic),
                ready.model(),
                ready.reason(),
                decisions);
    }

    private boolean lacksYardstick(Plan plan) {
        boolean wanted = config.agreement().method() == AgreementMethod.EMBEDDING;
        return switch (plan) {
            case Debate debate -> wanted && debate.yardstick().isEmpty();
            case Ensemble ensemble -> wanted && ensemble.yardstick().isEmpty();
            case Single _, Critique _, Pipeline _, Fanout _, Sweep _ -> false;
        };
    }

    /** What the request asks for; its parts do not contradict each other. */
    private Choice choice(Request request) {
        Optional<Preset> preset = request.preset().flatMap(presets::preset);
        if (preset.isPresent() || request.mode().isPresent()) {
            String mode = request.mode().or(() -> preset.map(Preset::mode)).orElse(SINGLE);
            return new Choice(mode, true, preset, request.allowSmallerMode());
        }
        if (request.input() instanceof Input.ImageBatch) {
            return new Choice(BATCH, false, Optional.empty(), false);
        }
        boolean open = request.input() instanceof Input.Chat && request.explicitModel().isEmpty();
        return open
                ? config.defaultPreset()
                        .flatMap(presets::preset)
                        .map(chosen -> new Choice(chosen.mode(), true, Optional.of(chosen), true))
                        .orElseGet(() ->
                                new Choice(
                                        config.defaultMode(),
                                        !config.defaultMode().equals(SINGLE),
                                        Optional.empty(),
                                        true))
                : new Choice(SINGLE, false, Optional.empty(), false);
    }

    /** What cannot be, whatever the models. */
    private Optional<Failure> contradiction(Request request) {
        String mode = request.mode().orElse(SINGLE);
        if (!request.input().asksForText()) {
            return ofOneMode(request);
        }
        if (mode.equals(BATCH)) {
            return failure(
                    Code.INVALID_REQUEST,
                    "orchestration_mode",
                    "orchestration_mode batch and a batch of images go together");
        }
        boolean maps = request.input() instanceof Input.Map;
        if (maps != mode.equals(MAP)) {
            return failure(
                    Code.INVALID_REQUEST,
                    "orchestration_mode",
                    "orchestration_mode map and an input of items go together");
        }
        if (request.preset().isPresent()) {
            return contradiction(request, request.preset().get());
        }
        return mode.equals(SINGLE) || maps || request.input() instanceof Input.Chat
                ? Optional.empty()
                : chatNeeded(mode);
    }

    private Optional<Failure> contradiction(Request request, String id) {
        Optional<Preset> preset = presets.preset(id);
        if (preset.isEmpty()) {
            return failure(Code.PRESET_NOT_FOUND, "preset", "no preset " + id);
        }
        String mode = preset.get().mode();
        if (request.mode().filter(asked -> !asked.equals(mode)).isPresent()) {
            return failure(
                    Code.INVALID_REQUEST,
                    "orchestration_mode",
                    "orchestration_mode must be %s, as of preset %s, or be left out"
                            .formatted(mode, id));
        }
        if (request.explicitModel().isPresent()) {
            return failure(
                    Code.INVALID_REQUEST,
                    "model",
                    "model must be left out, since preset %s names the models".formatted(id));
        }
        return mode.equals(SINGLE) || request.input() instanceof Input.Chat
                ? Optional.empty()
                : chatNeeded(mode);
    }

    /** Vectors, rankings and classifications are one model's, and a batch's parts each are. */
    private static Optional<Failure> ofOneMode(Request request) {
        boolean batch = request.input() instanceof Input.ImageBatch;
        String only = batch ? BATCH : SINGLE;
        if (request.mode().filter(asked -> !asked.equals(only)).isPresent()) {
            return failure(
                    Code.UNSUPPORTED_MODE,
                    "orchestration_mode",
                    "such input has mode %s alone".formatted(only));
        }
        if (request.preset().isPresent()) {
            return failure(Code.UNSUPPORTED_MODE, "preset", "presets need chat input");
        }
        if (batch && request.maxTotalTokens().isPresent()) {
            return failure(
                    Code.INVALID_REQUEST,
                    "max_total_tokens",
                    "a batch of images has no such bound");
        }
        return batch && request.maxCost().isPresent()
                ? failure(Code.INVALID_REQUEST, "max_cost", "a batch of images has no such bound")
                : Optional.empty();
    }

    private static Optional<Failure> chatNeeded(String mode) {
        return failure(
                Code.UNSUPPORTED_MODE, "orchestration_mode", "mode " + mode + " needs chat input");
    }

    private static Optional<Failure> failure(Code code, String param, String message) {
        return Optional.of(new Failure(code, message, Optional.of(param)));
    }
}
