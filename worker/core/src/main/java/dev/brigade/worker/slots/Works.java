package dev.brigade.worker.slots;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.Job;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.calls.Call;
import dev.brigade.worker.calls.CallOutput;
import dev.brigade.worker.calls.ModelCalls;
import java.time.Duration;
import java.util.Optional;

/** What a loaded model does for jobs. */
final class Works {

    private final Optional<TextWork> texts;
    private final SamplingDefaults defaults;
    private final ModelCalls others;

    /**
     * @param texts empty where the model generates none
     * @param others everything but texts
     */
    Works(Optional<TextWork> texts, SamplingDefaults defaults, ModelCalls others) {
        this.texts = texts;
        this.defaults = defaults;
        this.others = others;
    }

    /** What a job asks for; a failure where the model cannot do that. */
    Result<Work> of(Job job) {
        return switch (job.getInput()) {
            case ChatInput _, CompletionInput _ ->
                    TextCall.of(job, defaults).then(call -> text(job, call));
            default -> others.of(job).map(Works::whole);
        };
    }

    private Result<Work> text(Job job, TextCall call) {
        return texts.<Result<Work>>map(
                        work -> Result.done((attempt, beganAt) -> work.run(attempt, call, beganAt)))
                .orElseGet(() ->
                        Result.failed(
                                ErrorCode.UNSUPPORTED_TASK,
                                "model %s generates no text".formatted(job.getModel())));
    }

    private static Work whole(Call call) {
        return (attempt, beganAt) -> {
            Duration limit = Duration.ofNanos(attempt.deadlineNanos() - beganAt);
            return switch (call.run(attempt.cancellation(), limit)) {
                case Result.Done<CallOutput>(CallOutput(var output, var usage)) ->
                        Ending.Answer.of(output, usage);
                case Result.Failed<CallOutput>(var code, String message, boolean crashed) ->
                        new Ending.Failed(new Refusal(code, message), crashed);
                case Result.Cancelled<CallOutput>() ->
                        new Ending.Stopped(new Outcome.Usage(0, 0, -1));
            };
        };
    }
}
