package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dispatcher that is killed between two steps goes on as if nothing had happened. */
final class RestartTest {

    private static final int NEVER = -1;
    private static final Duration LONGER_THAN_A_STALL = Duration.ofSeconds(60);

    @TempDir Path stateDir;

    @Test
    void aPipelineAndItsUndoingAreTheSameWhereverTheDispatcherDies() {
        Told undisturbed = tell(NEVER);
        assertThat(undisturbed.outputs()).anyMatch(line -> line.startsWith(TestDispatcher.EFFECTS));

        for (int step = 0; step < undisturbed.steps(); step++) {
            assertThat(tell(step).outputs())
                    .as("killed after step %d", step)
                    .isEqualTo(undisturbed.outputs());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "critique", "debate", "ensemble", "pipeline", "map"})
    void everyModeAnswersTheSameAcrossRestarts(String mode) {
        assertThat(reply(mode, true)).isEqualTo(reply(mode, false));
    }

    @Test
    void whatWasDoneWhileTheDispatcherWasAwayIsNotDoneAgain() {
        try (var dispatcher = new TestDispatcher(stateDir.resolve("away"), 1, "m1:primary")) {
            var workers = new Workers(dispatcher);
            dispatcher.send(Topics.REQUESTS, "r1", Workers.chat().build());
            Job job = workers.job();
            workers.begin(job);

            dispatcher.restart(LONGER_THAN_A_STALL);
            dispatcher.advance(Duration.ofSeconds(1));
            workers.finish(job, "done meanwhile");
            dispatcher.advance(Duration.ofSeconds(10));

            assertThat(workers.jobs()).isEmpty();
            assertThat(dispatcher.all(Topics.REPLIES, Reply.class))
                    .extracting(Reply::getText)
                    .containsExactly("done meanwhile");
        }
    }

    @Test
    void whatWasLostWhileTheDispatcherWasAwayIsDoneAgain() {
        try (var dispatcher = new TestDispatcher(stateDir.resolve("lost"), 1, "m1:primary")) {
            var workers = new Workers(dispatcher);
            dispatcher.send(Topics.REQUESTS, "r1", Workers.chat().build());
            Job lost = workers.job();
            workers.begin(lost);

            dispatcher.restart(LONGER_THAN_A_STALL);
            dispatcher.advance(Duration.ofSeconds(10));

            assertThat(workers.job().getStage()).isEqualTo(lost.getStage());
        }
    }

    private Reply reply(String mode, boolean restarts) {
        Path disk = stateDir.resolve(mode + restarts);
        try (var dispatcher = new TestDispatcher(disk, 8, "m1:primary", "m2:thinker", "m3:fast")) {
            var workers = new Workers(dispatcher);
            dispatcher.send(
                    Topics.REQUESTS,
                    "r1",
                    mode.equals("map") ? MapTest.map(10) : OrchestrationTest.in(mode));
            for (List<Job> jobs = workers.jobs(); !jobs.isEmpty(); jobs = workers.jobs()) {
                jobs.forEach(workers::begin);
                if (restarts) {
                    dispatcher.restart();
                }
                jobs.forEach(job -> workers.finish(job, text(job)));
                List<Reply> replies = dispatcher.all(Topics.REPLIES, Reply.class);
                if (!replies.isEmpty()) {
                    return replies.getFirst();
                }
            }
            throw new AssertionError("no reply in mode " + mode);
        }
    }

    /** Answers that differ, and judges that are content with the second draft. */
    private static String text(Job job) {
        return switch (job.getStage()) {
            case "critique-1" ->
                    "{\"score\": 3, \"issues\": [{\"quote\": \"it\", \"problem\": \"wrong\"}]}";
            case "critique-2" -> "{\"score\": 9, \"issues\": []}";
            case "validate" -> "{\"reasons\": [\"wrong\"], \"score\": 2, \"verdict\": \"revise\"}";
            default -> "%s is what %s says".formatted(job.getStage(), job.getModel());
        };
    }

    private Told tell(int killedAfter) {
        try (var script = new Script(stateDir.resolve("killed-" + killedAfter))) {
            List<Runnable> steps = script.steps();
            for (int step = 0; step < steps.size(); step++) {
                steps.get(step).run();
                script.note();
                if (step == killedAfter) {
                    script.dispatcher.restart();
                }
            }
            return new Told(script.outputs, steps.size());
        }
    }

    private record Told(List<String> outputs, int steps) {}

    /** A pipeline that fails in its last stage; its participant fails once and is silent once. */
    private static final class Script implements AutoCloseable {

        private final TestDispatcher dispatcher;
        private final Workers workers;
        private final List<String> outputs = new ArrayList<>();
        private final List<Job> jobs = new ArrayList<>();
        private final List<Compensation> effects = new ArrayList<>();

        Script(Path stateDir) {
            dispatcher = new TestDispatcher(stateDir, 1, "m1:primary", "m2:thinker", "m3:fast");
            workers = new Workers(dispatcher);
        }

        List<Runnable> steps() {
            InferenceRequest request =
                    Workers.chat().setPreset("effects").setStreamStages(true).build();
            return List.of(
                    () -> dispatcher.send(Topics.REQUESTS, "r1", request),
                    () -> workers.begin(jobs.getLast()),
                    () -> workers.finish(jobs.getLast(), "by draft"),
                    () -> workers.begin(jobs.getLast()),
                    () -> dispatcher.advance(Duration.ofSeconds(3)),
                    () -> workers.finish(jobs.getLast(), "by refine"),
                    () -> workers.begin(jobs.getLast()),
                    () -> workers.fail(jobs.getLast()),
                    () -> answer(false),
                    () -> dispatcher.advance(Duration.ofSeconds(2)),
                    () -> answer(true),
                    () -> dispatcher.advance(Duration.ofSeconds(31)),
                    () -> dispatcher.advance(Duration.ofSeconds(2)),
                    () -> answer(true),
                    () -> workers.begin(jobs.getLast()),
                    () -> dispatcher.send(Topics.REQUESTS, "r1", request));
        }

        /** Takes up what was written, whatever the topic. */
        void note() {
            for (String topic : dispatcher.outputTopics()) {
                for (TestRecord<String, byte[]> record : dispatcher.records(topic)) {
                    outputs.add(
                            "%s %s %s"
                                    .formatted(
                                            topic,
                                            record.key(),
                                            HexFormat.of().formatHex(record.value())));
                    if (topic.startsWith(Topics.MODEL_PREFIX)) {
                        jobs.add(dispatcher.decoded(record.value(), Job.class));
                    }
                    if (topic.equals(TestDispatcher.EFFECTS)) {
                        effects.add(dispatcher.decoded(record.value(), Compensation.class));
                    }
                }
            }
        }

        private void answer(boolean succeeded) {
            Compensation asked = effects.getLast();
            dispatcher.send(
                    Topics.EVENTS,
                    "r1",
                    new InferenceEvent(
                            "r1",
                            0L,
                            new CompensationAnswered(
                                    asked.getCompensationId(),
                                    asked.getStage(),
                                    asked.getAttempt(),
                                    succeeded,
                                    null)));
        }

        @Override
        public void close() {
            dispatcher.close();
        }
    }
}
