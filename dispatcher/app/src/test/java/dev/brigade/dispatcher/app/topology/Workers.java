package dev.brigade.dispatcher.app.topology;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Workers that say what a test wants, and the requests that they work on. */
final class Workers {

    private static final int MAX_ROUNDS = 1_000;

    private final TestDispatcher dispatcher;

    Workers(TestDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    static InferenceRequest.Builder chat() {
        return InferenceRequest.newBuilder()
                .setInput(new ChatInput(List.of(new Message("user", "hello", null))));
    }

    /** Jobs that were let out since this was last asked, by model. */
    List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (String model : dispatcher.models()) {
            jobs.addAll(dispatcher.all(Topics.model(model), Job.class));
        }
        return jobs;
    }

    /** The one job that was let out since then. */
    Job job() {
        List<Job> jobs = jobs();
        if (jobs.size() != 1) {
            throw new AssertionError("jobs: " + jobs.stream().map(Job::getJobId).toList());
        }
        return jobs.getFirst();
    }

    void begin(Job job) {
        send(job, new AttemptStarted(attempt(job)));
    }

    void finish(Job job, String text) {
        send(job, finished(job, text));
    }

    /** Has a result that is no text. */
    void give(Job job, Object output) {
        send(job, AttemptFinished.newBuilder(finished(job, "")).setOutput(output).build());
    }

    /** Fails for good. */
    void fail(Job job) {
        fail(job, "engine_error");
    }

    void fail(Job job, String code) {
        send(job, new AttemptFailed(attempt(job), code, "it broke", false, false, null));
    }

    /** Does every job, and those that follow, as long as there are any. */
    void answerAll(Function<Job, String> answer) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Job> jobs = jobs();
            if (jobs.isEmpty()) {
                return;
            }
            for (Job job : jobs) {
                begin(job);
                finish(job, answer.apply(job));
            }
        }
        throw new AssertionError("it never ends");
    }

    static AttemptRef attempt(Job job) {
        return new AttemptRef(
                job.getRequestId(),
                job.getStage(),
                job.getJobId(),
                new Epoch(job.getDispatch(), 1, "attempt-1"),
                "worker-" + job.getModel(),
                job.getModel());
    }

    static AttemptFinished finished(Job job, String text) {
        return AttemptFinished.newBuilder()
                .setAttempt(attempt(job))
                .setText(text)
                .setFinishReason("stop")
                .setUsage(new Usage(3, 2))
                .setTimings(new Timings(0L, 1L, 2L))
                .setLastSeq(0)
                .setDigest("digest")
                .build();
    }

    static InferenceEvent event(Job job, Object event) {
        return new InferenceEvent(job.getRequestId(), 0L, event);
    }

    private void send(Job job, Object event) {
        dispatcher.send(Topics.EVENTS, job.getRequestId(), event(job, event));
    }
}
