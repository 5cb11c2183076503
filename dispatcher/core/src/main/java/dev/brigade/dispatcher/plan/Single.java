package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.request.Input;
import java.util.List;

/** One model call. */
public record Single(Cast cast, Kind kind) implements Plan {

    private static final String STAGE = "answer";

    /** The call that answers such an input. */
    public static Single of(Cast cast, Input input) {
        return new Single(cast, Kind.of(input));
    }

    @Override
    public String name() {
        return "single";
    }

    @Override
    public Step next(Progress progress) {
        return switch (progress.standing(STAGE)) {
            case NONE -> Step.start(STAGE);
            case PENDING -> Step.AWAIT;
            case DONE -> new Step.Answered(STAGE, Outcome.NONE);
            case LOST, SKIPPED -> new Step.GiveUp(STAGE);
        };
    }

    @Override
    public StageSpec spec(String stage) {
        return StageSpec.writes(stage, cast, Need.REQUIRED).answering(kind);
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        return new Feed.Plain(progress.request().input());
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        return List.of();
    }

    @Override
    public boolean couldAnswer(Progress progress) {
        return false;
    }
}
