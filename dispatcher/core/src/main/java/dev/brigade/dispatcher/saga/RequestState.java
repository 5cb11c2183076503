package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Route;
import java.util.List;
import java.util.Optional;

/**
 * An open request. The request itself never changes after arrival, so a shell may store it apart
 * from the rest.
 *
 * @param phase whether it waits for its idempotency key
 * @param stages in order of dispatch
 * @param completed ids of completed stages in order of completion; compensation runs it backwards
 * @param timerAtMs when the request's timer is set for
 */
public record RequestState(
        Request request,
        Route route,
        Plan plan,
        Phase phase,
        List<StageState> stages,
        List<String> completed,
        long timerAtMs) {

    /** Whether work has begun. */
    public enum Phase {
        CLAIMING,
        WORKING
    }

    public RequestState {
        stages = List.copyOf(stages);
        completed = List.copyOf(completed);
    }

    public Optional<StageState> stage(String id) {
        return stages.stream().filter(stage -> stage.id().equals(id)).findFirst();
    }
}
