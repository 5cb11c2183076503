package dev.brigade.dispatcher.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Job;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.ReleasePins;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Each mode from its request's record to its terminal's. */
final class OrchestrationTest extends SagaTest {

    @Test
    void aRequestThatNamesNoModeIsOneCall() {
        dispatcher.send(Topics.REQUESTS, "r1", Workers.chat().build());
        Job job = workers.job();
        assertThat(job.getIsFinal()).isTrue();
        assertThat(job.getPin()).isFalse();
        workers.finish(job, "the answer");

        Reply reply = reply();
        assertThat(reply.getText()).isEqualTo("the answer");
        assertThat(reply.getCost()).isEqualTo((3 * 1.0 + 2 * 2.0) / 1_000_000);
        assertThat(reply.getOrchestration().getMode()).isEqualTo("single");
        assertThat(reply.getOrchestration().getStages()).hasSize(1);
    }

    @Test
    void aCritiqueAnswersWithTheDraftThatPassed() {
        dispatcher.send(Topics.REQUESTS, "r1", in("critique"));

        workers.answerAll(job ->
                switch (job.getStage()) {
                    case "draft" -> "first";
                    case "revise-1" -> "second";
                    case "critique-1" ->
                            """
                            {"score": 5, "issues": [{"quote": "first", "problem": "too short"}]}\
                            """;
                    default ->
                            """
                            {"score": 9, "issues": []}\
                            """;
                });

        Reply reply = reply();
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        assertThat(reply.getText()).isEqualTo("second");
        assertThat(reply.getStage()).isEqualTo("revise-1");
        OrchestrationReport report = reply.getOrchestration();
        assertThat(report.getMode()).isEqualTo("critique");
        assertThat(report.getRequestedMode()).isEqualTo("critique");
        assertThat(report.getConfidence()).isEqualTo(0.9);
        assertThat(report.getConfidenceMethod()).isEqualTo("critic_score");
        assertThat(stages(report)).containsExactly("draft", "critique-1", "revise-1", "critique-2");
        assertThat(stage(report, "draft").getScore()).isEqualTo(0.5);
        assertThat(stage(report, "critique-1").getKind()).isEqualTo("judge");
        assertThat(stage(report, "critique-1").getPrompt()).startsWith("critique/critique@");
        assertThat(stage(report, "critique-1").getModel()).isEqualTo("m2");
        assertThat(report.getDecisions()).isNotEmpty();
    }

    @Test
    void theModelsThatASagaKeptAreLetGoOfWhenItEnds() {
        dispatcher.send(Topics.REQUESTS, "r1", in("critique"));
        Job draft = workers.job();
        assertThat(draft.getPin()).isTrue();
        assertThat(draft.getIsFinal()).isFalse();
        assertThat(draft.getStream()).isFalse();
        workers.finish(draft, "first");
        workers.answerAll(job -> "{\"score\": 10, \"issues\": []}");

        Object command = dispatcher.only(Topics.CONTROL, ControlCommand.class).getCommand();
        assertThat(command).isEqualTo(new ReleasePins("r1"));
    }

    @Test
    void aDebateIsReconciledByThePrimary() {
        dispatcher.send(Topics.REQUESTS, "r1", in("debate"));

        workers.answerAll(job ->
                job.getStage().equals("reconcile")
                        ? "both are right"
                        : "the answer of " + job.getModel() + " is " + job.getModel().hashCode());

        Reply reply = reply();
        assertThat(reply.getText()).isEqualTo("both are right");
        OrchestrationReport report = reply.getOrchestration();
        assertThat(report.getMode()).isEqualTo("debate");
        assertThat(report.getAgreementMethod()).isNotNull();
        assertThat(stage(report, "reconcile").getModel()).isEqualTo("m1");
        assertThat(stage(report, "reconcile").getIsFinal()).isTrue();
        assertThat(stages(report)).contains("answer-1.1", "answer-1.2", "answer-1.3");
    }

    @Test
    void samplesOfOneModelAreCountedByDefault() {
        dispatcher.send(Topics.REQUESTS, "r1", in("ensemble"));
        List<Job> samples = workers.jobs();
        assertThat(samples).extracting(Job::getModel).containsOnly("m1").hasSize(5);
        assertThat(samples)
                .extracting(job -> job.getSampling().getSeed())
                .doesNotHaveDuplicates()
                .doesNotContainNull();

        samples.forEach(job -> workers.finish(job, job.getStage().equals("sample-3") ? "7" : "42"));

        Reply reply = reply();
        assertThat(reply.getText()).isEqualTo("42");
        assertThat(reply.getOrchestration().getConfidenceMethod()).isEqualTo("majority_share");
        assertThat(reply.getOrchestration().getConfidence()).isEqualTo(0.8);
    }

    @Test
    void aPipelineEndsWithWhatItsValidatorAccepts() {
        dispatcher.send(Topics.REQUESTS, "r1", in("pipeline"));

        workers.answerAll(OrchestrationTest::accepted);

        Reply reply = reply();
        assertThat(reply.getText()).isEqualTo("by refine");
        OrchestrationReport report = reply.getOrchestration();
        assertThat(stages(report)).containsExactly("draft", "refine", "validate");
        assertThat(stage(report, "draft").getModel()).isEqualTo("m3");
        assertThat(report.getConfidenceMethod()).isEqualTo("validator_score");
    }

    @Test
    void aPresetChoosesModeAndModels() {
        dispatcher.send(Topics.REQUESTS, "r1", Workers.chat().setPreset("D1").build());

        workers.answerAll(OrchestrationTest::accepted);

        OrchestrationReport report = reply().getOrchestration();
        assertThat(report.getPreset()).isEqualTo("D1");
        assertThat(report.getMode()).isEqualTo("pipeline");
        assertThat(stages(report)).containsExactly("draft", "validate");
    }

    @Test
    void aPresetThatThereIsNotIsRefusedByName() {
        dispatcher.send(Topics.REQUESTS, "r1", Workers.chat().setPreset("D9").build());

        assertThat(reply().getError().getCode()).isEqualTo("preset_not_found");
    }

    @Test
    void aBudgetOfTokensReachesTheJobs() {
        dispatcher.send(
                Topics.REQUESTS,
                "r1",
                InferenceRequest.newBuilder(in("pipeline"))
                        .setMaxTotalTokens(3_000)
                        .setMaxCost(1.0)
                        .build());

        assertThat(workers.job().getSagaTokens()).isBetween(1, 2_999);
    }

    @Test
    void aStageGetsItsShareOfTheTime() {
        dispatcher.send(Topics.REQUESTS, "r1", in("pipeline"));

        Job draft = workers.job();
        assertThat(draft.getBudgetMs()).isBetween(10_000L, 80_000L);
        assertThat(draft.getDeadlineAt())
                .isEqualTo(TestDispatcher.START.toEpochMilli() + draft.getBudgetMs());
    }

    @Test
    void draftsArePublishedWhenAskedFor() {
        dispatcher.send(
                Topics.REQUESTS,
                "r1",
                InferenceRequest.newBuilder(in("pipeline")).setStreamStages(true).build());

        Job draft = workers.job();
        assertThat(draft.getStream()).isTrue();
        assertThat(draft.getIsFinal()).isFalse();
    }

    @Test
    void aSmallerModeAnswersOnlyWhereTheRequestAllowsIt() {
        dispatcher.close();
        dispatcher = new TestDispatcher(stateDir.resolve("small"), 1, "m1:primary");
        workers = new Workers(dispatcher);
        dispatcher.send(Topics.REQUESTS, "r1", in("debate"));
        assertThat(reply().getError().getCode()).isEqualTo("too_few_models");

        dispatcher.send(
                Topics.REQUESTS,
                "r2",
                InferenceRequest.newBuilder(in("debate")).setAllowSmallerMode(true).build());
        workers.answerAll(job -> "42");

        OrchestrationReport report = reply().getOrchestration();
        assertThat(report.getRequestedMode()).isEqualTo("debate");
        assertThat(report.getMode()).isNotEqualTo("debate");
    }

    @Test
    void aRequestOfTheFirstVersionStillWorks() throws IOException {
        dispatcher.raw(Topics.REQUESTS, "r1", firstVersion(Workers.chat().build()));

        workers.answerAll(job -> "the answer");

        assertThat(reply().getText()).isEqualTo("the answer");
    }

    static String accepted(Job job) {
        return job.getStage().equals("validate")
                ? """
                {"reasons": [], "score": 8, "verdict": "accept"}\
                """
                : "by " + job.getStage();
    }

    static InferenceRequest in(String mode) {
        return Workers.chat().setOrchestrationMode(mode).build();
    }

    private Reply reply() {
        return dispatcher.only(Topics.REPLIES, Reply.class);
    }

    static List<String> stages(OrchestrationReport report) {
        return report.getStages().stream().map(StageReport::getStage).toList();
    }

    private static StageReport stage(OrchestrationReport report, String name) {
        return report.getStages().stream()
                .filter(stage -> stage.getStage().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] firstVersion(InferenceRequest request) throws IOException {
        BuiltInSchemas.Version first =
                BuiltInSchemas.instance().versions().stream()
                        .filter(v -> v.subject().equals(request.getSchema().getFullName()))
                        .filter(v -> v.version() == 1)
                        .findFirst()
                        .orElseThrow();
        GenericRecord record = new GenericData.Record(first.schema());
        first.schema()
                .getFields()
                .forEach(field ->
                        record.put(
                                field.pos(),
                                request.get(request.getSchema().getField(field.name()).pos())));
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).putInt(1, first.id()).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new org.apache.avro.specific.SpecificDatumWriter<GenericRecord>(first.schema())
                .write(record, encoder);
        return out.toByteArray();
    }
}
