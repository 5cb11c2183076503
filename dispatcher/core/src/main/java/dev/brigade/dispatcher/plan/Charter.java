package dev.brigade.dispatcher.plan;

import java.util.List;
import java.util.Optional;

/**
 * What was decided when a request was taken. It holds until the request ends, whatever becomes of
 * configuration meanwhile.
 *
 * @param requestedMode that the request, its preset or configuration asked for
 * @param preset that chose mode and models
 * @param compensationTopic where effects outside are undone
 * @param model that would likely give the answer
 * @param routingReason why that one, for people
 * @param decisions short sentences of what was decided then
 */
public record Charter(
        Plan plan,
        Optional<String> requestedMode,
        Optional<String> preset,
        Optional<String> compensationTopic,
        String model,
        String routingReason,
        List<String> decisions) {

    public Charter {
        decisions = List.copyOf(decisions);
    }
}
