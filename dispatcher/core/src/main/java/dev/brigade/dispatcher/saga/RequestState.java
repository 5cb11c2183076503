package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Route;
import java.util.ArrayList;
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

    StageState required(String id) {
        return stage(id).orElseThrow(() -> new IllegalStateException("no stage " + id));
    }

    RequestState working() {
        return new RequestState(request, route, plan, Phase.WORKING, stages, completed, timerAtMs);
    }

    RequestState with(StageState changed) {
        var next = new ArrayList<StageState>();
        stages.forEach(stage -> next.add(stage.id().equals(changed.id()) ? changed : stage));
        if (!next.contains(changed)) {
            next.add(changed);
        }
        return new RequestState(request, route, plan, phase, next, completed, timerAtMs);
    }

    RequestState withCompleted(String stage) {
        var next = new ArrayList<>(completed);
        next.add(stage);
        return new RequestState(request, route, plan, phase, stages, next, timerAtMs);
    }

    RequestState withTimer(long atMs) {
        return new RequestState(request, route, plan, phase, stages, completed, atMs);
    }
}
