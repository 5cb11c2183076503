package dev.brigade.dispatcher.planning;

import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.request.Failure;

/** What planning says to a request: how it is answered, or why it is not. */
public sealed interface PlanDecision {

    record Planned(Charter charter) implements PlanDecision {}

    record Refused(Failure failure) implements PlanDecision {}
}
