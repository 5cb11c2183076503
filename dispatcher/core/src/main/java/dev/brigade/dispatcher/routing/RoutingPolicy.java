package dev.brigade.dispatcher.routing;

import dev.brigade.dispatcher.request.Request;
import java.util.Comparator;

/** Which of several models that can all take a request is best. */
@FunctionalInterface
public interface RoutingPolicy {

    /** Best first. Models that compare as equal are taken by id, so that decisions repeat. */
    Comparator<Fleet.Model> order(Request request);

    /** The model with the fewest jobs per slot; one that is not up comes last. */
    static RoutingPolicy leastBusy() {
        Comparator<Fleet.Model> order =
                Comparator.comparing((Fleet.Model model) -> !model.live())
                        .thenComparingDouble(
                                model -> model.busy() / (double) Math.max(1, model.slots()));
        return _ -> order;
    }
}
