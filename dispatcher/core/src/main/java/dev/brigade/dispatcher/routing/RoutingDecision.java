package dev.brigade.dispatcher.routing;

import dev.brigade.dispatcher.request.Failure;

/** What routing says to a request: a model, or why there is none. */
public sealed interface RoutingDecision {

    record Routed(Route route) implements RoutingDecision {}

    record Refused(Failure failure) implements RoutingDecision {}
}
