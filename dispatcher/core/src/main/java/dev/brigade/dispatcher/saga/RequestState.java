package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open request. The request itself never changes after arrival, so a shell may store it apart
 * from the rest.
 *
 * @param phase whether it waits for its idempotency key
 * @param stages in order of dispatch
 * @param completed ids of the stages that this request completed, in order of completion;
 *     compensation runs it backwards
 * @param skipped stages that were left out
 * @param timerAtMs when the request's timer is set for
 * @param tally of a batch; its parts that are over are in no other place
 */
public record RequestState(
        Request request,
        Charter charter,
        Phase phase,
        List<StageState> stages,
        List<String> completed,
        List<Report.Skipped> skipped,
        long timerAtMs,
        Optional<Tally> tally) {

    /** Whether work has begun. */
    public enum Phase {
        CLAIMING,
        WORKING
    }

    public RequestState {
        stages = List.copyOf(stages);
        completed = List.copyOf(completed);
        skipped = List.copyOf(skipped);
    }

    static RequestState taken(Request request, Charter charter) {
        return new RequestState(
                request,
                charter,
                Phase.CLAIMING,
                List.of(),
                List.of(),
                List.of(),
                Long.MAX_VALUE,
                charter.plan() instanceof Sweep sweep
                        ? Optional.of(Tally.of(sweep.total()))
                        : Optional.empty());
    }

    Plan plan() {
        return charter.plan();
    }

    public Optional<StageState> stage(String id) {
        return stages.stream().filter(stage -> stage.id().equals(id)).findFirst();
    }

    StageState required(String id) {
        return stage(id).orElseThrow(() -> new IllegalStateException("no stage " + id));
    }

    RequestState working() {
        return with(Phase.WORKING, stages, completed, skipped);
    }

    RequestState with(StageState changed) {
        var next = new ArrayList<StageState>();
        boolean known = false;
        for (StageState stage : stages) {
            boolean same = stage.id().equals(changed.id());
            next.add(same ? changed : stage);
            known |= same;
        }
        if (!known) {
            next.add(changed);
        }
        return with(phase, next, completed, skipped);
    }

    /** Without a stage that is over. */
    RequestState without(String stage) {
        return with(
                phase,
                stages.stream().filter(each -> !each.id().equals(stage)).toList(),
                completed,
                skipped);
    }

    /** Whether this is a part of a batch, which is forgotten when it is over. */
    boolean isPart(String stage) {
        return tally.isPresent() && Sweep.isPart(stage);
    }

    Tally requiredTally() {
        return tally.orElseThrow(() -> new IllegalStateException("no batch: " + request.id()));
    }

    RequestState with(Tally now) {
        return new RequestState(
                request, charter, phase, stages, completed, skipped, timerAtMs, Optional.of(now));
    }

    RequestState withCompleted(String stage) {
        var next = new ArrayList<>(completed);
        next.add(stage);
        return with(phase, stages, next, skipped);
    }

    RequestState withSkipped(List<Report.Skipped> more) {
        var next = new ArrayList<>(skipped);
        next.addAll(more);
        return with(phase, stages, completed, next);
    }

    RequestState withTimer(long atMs) {
        return new RequestState(request, charter, phase, stages, completed, skipped, atMs, tally);
    }

    private RequestState with(
            Phase phase,
            List<StageState> stages,
            List<String> completed,
            List<Report.Skipped> skipped) {
        return new RequestState(
                request, charter, phase, stages, completed, skipped, timerAtMs, tally);
    }
}
