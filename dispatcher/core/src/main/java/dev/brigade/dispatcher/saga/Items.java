package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.plan.Fanout;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of the items of a map. */
final class Items {

    /** SHA-256 of no text. */
    private static final String DIGEST_OF_NOTHING =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final RequestState state;

    Items(RequestState state) {
        this.state = state;
    }

    /** How far the map is, after one more item is over; empty where nobody reads along. */
    Optional<Command> progress() {
        if (!(state.plan() instanceof Fanout map) || !state.request().stream()) {
            return Optional.empty();
        }
        int done = count(StageState.Status.DONE);
        int failed = count(StageState.Status.FAILED);
        return Optional.of(
                new Command.PublishProgress(
                        state.request().id(),
                        state.request().replyTo().partition(),
                        Fanout.STAGE,
                        done + failed - 1,
                        done,
                        failed,
                        map.items(),
                        0,
                        OptionalLong.empty()));
    }

    /** The empty text that stands for all of them. */
    Answer whole() {
        int published = count(StageState.Status.DONE) + count(StageState.Status.FAILED);
        return whole(state, Fanout.STAGE, state.request().stream() ? published : 0);
    }

    /**
     * The empty text that stands for many results.
     *
     * @param stage under whose name progress was published, by the dispatcher itself
     * @param published records of progress
     */
    static Answer whole(RequestState state, String stage, int published) {
        return new Answer(
                new Epoch(1, 1, stage),
                "",
                "stop",
                Costs.usage(state),
                new Timings(0, 0, Reports.inferenceMs(state)),
                published - 1,
                DIGEST_OF_NOTHING);
    }

    List<Reply.ItemResult> results(List<String> stages) {
        var results = new ArrayList<Reply.ItemResult>();
        for (String id : stages) {
            Optional<StageState> stage = state.stage(id);
            Optional<Answer> answer = stage.flatMap(StageState::answer);
            results.add(
                    new Reply.ItemResult(
                            results.size(),
                            answer,
                            answer.flatMap(_ -> stage.map(StageState::model)),
                            answer.isPresent() ? Optional.empty() : Optional.of(failure(stage))));
        }
        return results;
    }

    private static Failure failure(Optional<StageState> stage) {
        return stage.flatMap(StageState::failure)
                .orElseGet(() ->
                        Failure.of(Code.DEADLINE_EXCEEDED, "the time ran out before it was begun"));
    }

    private int count(StageState.Status status) {
        return (int) state.stages().stream().filter(each -> each.status() == status).count();
    }
}
