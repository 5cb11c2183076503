package dev.brigade.acceptance.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.Program;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.contract.request.HeaderNames;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.DrainWorker;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.Job;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.UnloadModel;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import dev.brigade.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class WorkerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private WorkerWithoutDispatcher system;
    private RecordLog log;

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("worker");
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        system = opened.add(new WorkerWithoutDispatcher(broker.bootstrapServers(), folder));
        log = opened.add(new RecordLog(broker.bootstrapServers()));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void aJobIsStartedStreamedAndFinishedOnceWhilePoisonBesideItBecomesADeadLetter() {
        try (Worker worker = ready("w-plain", "plain")) {
            system.send(Topics.model("plain"), "poison", "nonsense".getBytes(UTF_8));
            system.send(job("plain", "plain-1", 20).build());

            AttemptFinished finished = finished("plain-1");
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
            assertThat(finished.getUsage().getCompletionTokens()).isEqualTo(20);
            List<Chunk> chunks = log.chunks("plain-1");
            assertThat(chunks)
                    .extracting(Chunk::getSeq)
                    .containsExactlyElementsOf(IntStream.range(0, chunks.size()).boxed().toList());
            assertThat(String.join("", chunks.stream().map(Chunk::getText).toList()))
                    .isEqualTo(finished.getText());
            assertThat(finished.getLastSeq()).isEqualTo(chunks.size() - 1);
            var letter = log.awaitDeadLetter("poison");
            assertThat(letter.value()).isEqualTo("nonsense".getBytes(UTF_8));
            assertThat(
                            Objects.requireNonNull(letter.headers().lastHeader(HeaderNames.REASON))
                                    .value())
                    .isEqualTo("undecodable_record".getBytes(UTF_8));
        }
    }

    @Test
    void aJobThatOutlivesItsLockIsRenewedAndRunsOnce() {
        try (Worker worker = ready("w-long", "long")) {
            system.send(job("long", "long-1", 1_800).setStream(false).build());

            AttemptFinished finished = finished("long-1");

            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
            assertThat(finished.getAttempt().getEpoch().getDelivery()).isEqualTo(1);
            assertThat(finished.getTimings().getTotalMs()).isGreaterThan(15_000);
            log.awaitEvent("long-1", AttemptProgressed.class, p -> p.getCompletionTokens() > 500);
        }
    }

    @Test
    void jobsFromBeforeTheFirstWorkerRunButNotThoseOfAnAbortedTransaction() {
        ensure("early");
        Map<String, Object> transactional =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "early");
        try (var producer = WorkerWithoutDispatcher.producer(transactional)) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(record(job("early", "early-aborted", 3).build()));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            var _ = producer.send(record(job("early", "early-1", 3).build()));
            producer.commitTransaction();
        }

        try (Worker worker = ready("w-early", "early")) {
            finished("early-1");
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
        }
        assertThat(log.read(Topics.EVENTS)).noneMatch(r -> "early-aborted".equals(r.key()));
    }

    @Test
    void aRunningJobAndAWaitingOneAreCancelled() {
        try (Worker worker = ready("w-cancel", "cancel")) {
            system.send(job("cancel", "cancel-1", 3_000).build());
            log.awaitEvent("cancel-1", AttemptStarted.class, started -> true);

            system.command(new CancelAttempt("cancel-1", null, null));
            assertThat(failed("cancel-1").getCode()).isEqualTo("cancelled");

            system.command(new CancelAttempt("cancel-2", null, null));
            system.command(new CancelAttempt("cancel-3", null, null));
            system.send(job("cancel", "cancel-3", 3_000).build());
            assertThat(failed("cancel-3").getCode()).isEqualTo("cancelled");
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
        }
    }

    @Test
    void aJobWhoseBudgetIsOverIsRefusedAndAGoodNeighbourRuns() {
        try (Worker worker = ready("w-late", "late")) {
            system.send(job("late", "late-1", 3_000).setBudgetMs(0).build());
            system.send(job("late", "late-2", 3).build());

            assertThat(failed("late-1").getCode()).isEqualTo("deadline_exceeded");
            finished("late-2");
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
        }
    }

    @Test
    void aWorkerThatEndsGivesItsJobBackAsRetriable() {
        try (Worker worker = ready("w-ending", "ending")) {
            system.send(job("ending", "ending-1", 3_000).build());
            log.awaitEvent("ending-1", AttemptStarted.class, started -> true);
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
        }

        AttemptFailed failed = failed("ending-1");
        assertThat(failed.getCode()).isEqualTo("worker_stopping");
        assertThat(failed.getRetriable()).isTrue();
        log.awaitRecord(Topics.WORKERS, r -> "w-ending".equals(r.key()) && r.value() == null);
    }

    @Test
    void aModelIsLoadedWhenItsFileComesAndUnloadedAndLoadedByCommand() {
        try (Worker worker = system.start("w-folder", "folder")) {
            await().atMost(LIMIT).until(() -> reason(worker).contains("cannot be read"));

            system.place("folder");
            await().atMost(LIMIT).until(() -> worker.readiness() instanceof Readiness.Ready);

            system.command(new UnloadModel("folder"));
            await().atMost(LIMIT).until(() -> worker.readiness() instanceof Readiness.NotReady);

            system.command(new LoadModel("folder"));
            await().atMost(LIMIT).until(() -> worker.readiness() instanceof Readiness.Ready);
            system.send(job("folder", "folder-1", 3).build());
            finished("folder-1");
        }
    }

    @Test
    void aDrainedWorkerFinishesItsJobAndEnds() throws Exception {
        try (Worker worker = ready("w-drain", "drain")) {
            system.send(job("drain", "drain-1", 200).build());
            log.awaitEvent("drain-1", AttemptStarted.class, started -> true);

            system.command(new DrainWorker("w-drain"));

            worker.ended().get(60, TimeUnit.SECONDS);
            assertThat(finished("drain-1").getUsage().getCompletionTokens()).isEqualTo(200);
        }
    }

    /**
     * Of the real broker this holds: several records are held by one consumer, each is settled
     * alone, and what is left is renewed together.
     */
    @Test
    void jobsOfATakerRunSideBySideOutliveTheirLocksAndAreSettledEachAlone() {
        system.place("taken", "task: embedding\ndelay_ms: 800");
        try (Worker worker =
                system.start("w-taken", "taken", "capabilities: [embedding]\nslots: 8")) {
            await().atMost(LIMIT).until(() -> worker.readiness() instanceof Readiness.Ready);
            system.send(embedding("taken", "slow-1", 21));
            system.send(embedding("taken", "slow-2", 22));
            system.send(embedding("taken", "slow-3", 60));
            system.send(Topics.model("taken"), "poison-taken", "nonsense".getBytes(UTF_8));
            List<String> quick = IntStream.range(0, 20).mapToObj(n -> "quick-" + n).toList();
            quick.forEach(id -> system.send(embedding("taken", id, 1)));

            quick.forEach(this::finished);
            log.awaitDeadLetter("poison-taken");
            assertThat(log.events("slow-1"))
                    .noneMatch(e -> e.getEvent() instanceof AttemptFinished);
            system.command(new CancelAttempt("slow-3", null, null));
            assertThat(failed("slow-3").getCode()).isEqualTo("cancelled");

            for (String id : List.of("slow-1", "slow-2")) {
                AttemptFinished finished = finished(id);
                assertThat(finished.getTimings().getTotalMs()).isGreaterThan(15_000);
                assertThat(finished.getAttempt().getEpoch().getDelivery()).isEqualTo(1);
                assertThat(finished.getOutput()).isInstanceOf(Embeddings.class);
            }
            assertThat(quick)
                    .allMatch(id -> finished(id).getAttempt().getEpoch().getDelivery() == 1);
        }
    }

    @Test
    void whatAKilledWorkerHeldIsDoneByAnother() {
        String properties = "capabilities: [embedding]\nslots: 6";
        List<String> held = IntStream.range(0, 6).mapToObj(n -> "held-" + n).toList();
        system.place("fragile", "task: embedding\ndelay_ms: 1000000");
        try (Program killed = system.process("w-killed", "fragile", properties)) {
            killed.start().awaitReady();
            held.forEach(id -> system.send(embedding("fragile", id, 1)));
            held.forEach(id -> log.awaitEvent(id, AttemptStarted.class, started -> true));
            assertThat(system.metrics("w-killed"))
                    .contains("brigade_num_requests_running{model_name=\"fragile\"} 6.0")
                    .contains("brigade_model_slots{model_name=\"fragile\"} 6.0");
            killed.kill();
        }

        system.place("fragile", "task: embedding");
        try (Worker worker = system.start("w-heir", "fragile", properties)) {
            for (String id : held) {
                AttemptFinished finished = finished(id);
                assertThat(finished.getAttempt().getEpoch().getDelivery()).isEqualTo(2);
                assertThat(finished.getAttempt().getWorkerId()).isEqualTo("w-heir");
            }
            assertThat(worker.readiness()).isInstanceOf(Readiness.Ready.class);
        }
    }

    private static Job embedding(String model, String requestId, int texts) {
        return job(model, requestId, 1)
                .setInput(
                        EmbeddingInput.newBuilder()
                                .setTexts(Collections.nCopies(texts, "word"))
                                .build())
                .setStream(false)
                .build();
    }

    private Worker ready(String workerId, String model) {
        system.place(model);
        Worker worker = system.start(workerId, model);
        await().atMost(LIMIT).until(() -> worker.readiness() instanceof Readiness.Ready);
        return worker;
    }

    private void ensure(String model) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCheck(admin, Optional.of((short) 1), Duration.ofSeconds(30))
                    .ensure(List.of(Topics.modelTopic(model)));
        }
    }

    private ProducerRecord<String, byte[]> record(Job job) {
        return new ProducerRecord<>(
                Topics.model(job.getModel()), job.getRequestId(), system.encode(job));
    }

    private AttemptFinished finished(String requestId) {
        return log.awaitEvent(requestId, AttemptFinished.class, finished -> true);
    }

    private AttemptFailed failed(String requestId) {
        return log.awaitEvent(requestId, AttemptFailed.class, failed -> true);
    }

    private static String reason(Worker worker) {
        return worker.readiness() instanceof Readiness.NotReady(String reason) ? reason : "";
    }

    private static Job.Builder job(String model, String requestId, int tokens) {
        return WorkerWithoutDispatcher.job(model, requestId, tokens);
    }
}
