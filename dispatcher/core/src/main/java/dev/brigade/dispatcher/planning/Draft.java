package dev.brigade.dispatcher.planning;

import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.routing.Route;
import dev.brigade.dispatcher.routing.RoutingDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What one mode says to a request and the models at hand. */
sealed interface Draft {

    /**
     * They can carry it out.
     *
     * @param model that would likely give the answer
     * @param reason why that one, for people
     */
    record Ready(Plan plan, String model, String reason) implements Draft {}

    /** They cannot. */
    record Lacking(Failure failure) implements Draft {
        boolean tooFew() {
            return failure.code() == Code.TOO_FEW_MODELS;
        }
    }

    /** Too few models are up. */
    static Draft tooFew(String mode, String needed) {
        return new Lacking(Failure.of(Code.TOO_FEW_MODELS, "mode " + mode + " needs " + needed));
    }

    static Draft invalid(String param, String message) {
        return new Lacking(Failure.invalid(param, message));
    }

    /** A draft of all these parts; where one is not up, there are too few models for the mode. */
    static Draft of(
            String mode,
            String needed,
            List<RoutingDecision> parts,
            Function<List<Route>, Draft> ready) {
        var routes = new ArrayList<Route>();
        Optional<Failure> lacking = Optional.empty();
        for (RoutingDecision part : parts) {
            switch (part) {
                case RoutingDecision.Routed(Route route) -> routes.add(route);
                case RoutingDecision.Refused(Failure failure) ->
                        lacking = lacking.or(() -> Optional.of(failure));
            }
        }
        return lacking.map(failure -> lacking(mode, needed, failure))
                .orElseGet(() -> ready.apply(routes));
    }

    private static Draft lacking(String mode, String needed, Failure failure) {
        return switch (failure.code()) {
            case NO_CAPABLE_MODEL, NOT_READY, MODEL_NOT_FOUND ->
                    tooFew(mode, needed + ", but " + failure.message());
            default -> new Lacking(failure);
        };
    }
}
