package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Seat;
import dev.brigade.dispatcher.plan.Yardstick;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.Route;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingDecision;
import dev.brigade.dispatcher.routing.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the models of one request's stages among those that there are. */
final class Casting {

    private final Router router;
    private final Request request;
    private final Fleet fleet;

    Casting(Router router, Request request, Fleet fleet) {
        this.router = router;
        this.request = request;
        this.fleet = fleet;
    }

    Request request() {
        return request;
    }

    /** The model of the whole request, which may have to come up first. */
    RoutingDecision whole() {
        return router.route(request, fleet);
    }

    /** This model for the whole request, which may have to come up first. */
    RoutingDecision whole(String model) {
        return router.explicit(
                request, Wish.forRequest(router.knownRole(Roles.PRIMARY)), model, fleet);
    }

    /** Who writes an answer or a draft: the explicit model, or one of the role; it is up. */
    RoutingDecision writer(String role) {
        return request.explicitModel()
                .map(this::writes)
                .orElseGet(() -> router.route(request, writing(role), fleet));
    }

    /** This model, if it is up. */
    RoutingDecision writes(String model) {
        return router.explicit(request, writing(Roles.PRIMARY), model, fleet);
    }

    /** Who judges, by role; it is up. */
    RoutingDecision judge(String role) {
        return router.route(request, judging(role), fleet);
    }

    /** Who judges, by role, and is another than the model; it is up. */
    RoutingDecision judgeOtherThan(String model, String role) {
        return router.route(request, judging(role).otherThan(model), fleet);
    }

    /** This model, if it is up and can judge. */
    RoutingDecision judges(String model) {
        return router.explicit(request, judging(Roles.PRIMARY), model, fleet);
    }

    /** A model by its id, or else by a role; it is up. */
    RoutingDecision named(String modelOrRole) {
        return fleet.model(modelOrRole).isPresent() || !router.hasRole(modelOrRole)
                ? writes(modelOrRole)
                : router.route(request, writing(modelOrRole), fleet);
    }

    private Wish writing(String role) {
        return Wish.writer(router.knownRole(role));
    }

    private Wish judging(String role) {
        return Wish.judge(router.knownRole(role));
    }

    /** The role of who writes: the one asked for; else primary, but coder and longctx by task. */
    String writersRole() {
        String role = router.roleOf(request);
        return request.role().isPresent() || isCode() || role.equals(Roles.LONG_CONTEXT)
                ? role
                : Roles.PRIMARY;
    }

    boolean isCode() {
        return router.roleOf(request).equals(Roles.CODER);
    }

    /** Every model that is up and can answer, the writer's and its alternatives first. */
    List<String> voices() {
        Wish wish = writing(writersRole());
        Stream<String> best =
                switch (router.route(request, wish, fleet)) {
                    case RoutingDecision.Routed(Route route) ->
                            Stream.concat(Stream.of(route.model()), route.alternatives().stream());
                    case RoutingDecision.Refused _ -> Stream.of();
                };
        Stream<String> able = router.able(request, wish, fleet).stream().map(Fleet.Model::id);
        return Stream.concat(best, able).distinct().toList();
    }

    /** By what answers are compared; empty where it is by their words. */
    Optional<Yardstick> yardstick(OrchestrationConfig.Agreement agreement) {
        return agreement.method() == OrchestrationConfig.AgreementMethod.LEXICAL
                ? Optional.empty()
                : router.embedder(request, agreement.model(), fleet)
                        .map(model ->
                                new Yardstick(
                                        only(model),
                                        agreement.unrelatedCosine(),
                                        agreement.sameCosine()));
    }

    Cast cast(Route route) {
        return new Cast(
                Stream.concat(Stream.of(route.model()), route.alternatives().stream())
                        .map(this::seat)
                        .toList());
    }

    /** A model that is never replaced. */
    Cast only(String model) {
        return Cast.only(seat(model));
    }

    private Seat seat(String model) {
        Fleet.Model known =
                fleet.model(model)
                        .orElseThrow(() -> new IllegalStateException("no model " + model));
        return new Seat(model, known.contextLength(), known.price());
    }
}
