package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.batch.Spent;
import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds the parts of a batch that are over into its tally. Each image of a part gets one result,
 * whatever the worker said of it: that is what makes the results of a batch complete.
 */
final class Sweeping {

    private final RequestState state;
    private final Sweep plan;
    private final long nowMs;

    Sweeping(RequestState state, Sweep plan, long nowMs) {
        this.state = state;
        this.plan = plan;
        this.nowMs = nowMs;
    }

    /** Without the part, and with its results counted. */
    RequestState fold(StageState over, List<ImageResult> results) {
        Tally tally = state.requiredTally();
        Spent tried = tally.spent().tried(over.attempts(), over.triedModels());
        Spent spent =
                over.answer().map(answer -> tried.plus(answer, Costs.of(plan, over))).orElse(tried);
        return state.without(over.id()).with(tally.plus(results, spent, nowMs));
    }

    /** One for each image of a part that is over, by index. */
    List<ImageResult> results(StageState over) {
        Input.ImagePart part = part(over);
        Map<Integer, ImageResult> said = said(over.answer());
        Failure otherwise =
                over.failure()
                        .orElse(Failure.of(Code.ENGINE_ERROR, "the worker gave no result for it"));
        var results = new ArrayList<ImageResult>();
        for (int i = 0; i < part.count(); i++) {
            int index = part.from() + i;
            @Nullable ImageResult result = said.get(index);
            results.add(
                    result == null
                            ? ImageResult.failed(index, shownAs(part.items(), i), otherwise)
                            : result);
        }
        return results;
    }

    private Input.ImagePart part(StageState stage) {
        if (state.request().input() instanceof Input.ImageBatch batch) {
            return plan.part(batch, state.requiredTally(), Sweep.number(stage.id()));
        }
        throw new IllegalStateException("no batch of images in " + state.request().id());
    }

    private static Map<Integer, ImageResult> said(Optional<Answer> answer) {
        var said = new HashMap<Integer, ImageResult>();
        if (answer.flatMap(Answer::output).orElse(null) instanceof Output.ImageResults given) {
            given.items().forEach(result -> said.putIfAbsent(result.index(), result));
        }
        return said;
    }

    private static Optional<String> shownAs(List<ImageRef> items, int place) {
        return items.isEmpty() ? Optional.empty() : items.get(place).shownAs();
    }

    /** What is told of a part that was just folded. */
    static List<Command> published(
            RequestState folded, StageState over, List<ImageResult> results, long nowMs) {
        Tally tally = folded.requiredTally();
        String requestId = folded.request().id();
        int partition = folded.request().replyTo().partition();
        int number = tally.published() - 1;
        return List.of(
                new Command.PublishResults(requestId, partition, number, over.model(), results),
                new Command.PublishProgress(
                        requestId,
                        partition,
                        Sweep.STAGE,
                        number,
                        tally.done(),
                        tally.failed(),
                        tally.total(),
                        tally.perSecond(nowMs),
                        tally.remainingMs(nowMs)));
    }
}
