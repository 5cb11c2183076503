package dev.brigade.acceptance.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.system.Opened;
import dev.brigade.acceptance.system.ParticipantProcess;
import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.acceptance.system.TestFolder;
import dev.brigade.acceptance.system.TestModels;
import dev.brigade.acceptance.system.TestSystem;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.SubmitOptions;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Dispatcher and worker die by SIGKILL at random points of pipelines that fail in their last stage.
 * A point is a record of the saga: the processes die as soon as so many are written. The log then
 * shows one terminal for each request, and each compensation once and in order.
 *
 * <p>The properties {@code brigade.sagas.points} and {@code brigade.sagas.seed} choose how many
 * points and which; {@code ops/faults/sagas} runs many.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SagaKillTest {

    private static final int POINTS = Integer.getInteger("brigade.sagas.points", 1);
    private static final long SEED = Long.getLong("brigade.sagas.seed", 3);

    /** Records that such a saga writes at least: events, terminal, compensations and answers. */
    private static final int RECORDS = 16;

    /** Requests at each point; the first one's records tell the point. */
    private static final int SIDE_BY_SIDE = 3;

    private static final String TOPIC = "shop.effects";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SLOW = "- {tokens_per_second: 100}\n";
    private static final String FAILING =
            "- {job: /validate/, fail: invalid_request, after_tokens: 3}\n";

    private final Opened opened = new Opened();
    private BrokerProcess broker;
    private TestSystem system;
    private BrigadeClient client;
    private ParticipantProcess participant;

    /** Who dies. */
    private enum Victims {
        DISPATCHER,
        WORKER,
        BOTH
    }

    @BeforeAll
    void start() {
        Path folder = TestFolder.empty("saga-kill");
        broker = opened.add(BrokerProcess.start(BrokerSettings.forTests(folder.resolve("kafka"))));
        TestModels models =
                new TestModels()
                        .deterministic("alpha", "primary", 4096, 4, FAILING)
                        .deterministic("beta", "thinker", 4096, 4, SLOW)
                        .deterministic("gamma", "fast", 4096, 4, SLOW);
        system =
                opened.add(
                        TestSystem.on(broker.bootstrapServers(), folder, models, Troupe.PRESETS));
        system.dispatcher().start();
        system.worker("worker-1").start();
        system.dispatcher().awaitReady();
        system.worker("worker-1").awaitReady();
        participant =
                opened.add(ParticipantProcess.start(broker.bootstrapServers(), TOPIC, folder));
        client = opened.add(BrigadeClient.open(ClientSettings.of(broker.bootstrapServers())));
    }

    @AfterAll
    void stop() {
        opened.close();
    }

    @Test
    void whoeverDiesWheneverEachSagaEndsOnceAndIsUndoneOnceAndInOrder() {
        System.out.printf("sagas: %d points, seed %d%n", POINTS, SEED);
        Random random = new Random(SEED);
        List<String> requests = new ArrayList<>();
        try (SagaWatch watch = new SagaWatch(broker.bootstrapServers(), TOPIC);
                RecordLog log = new RecordLog(broker.bootstrapServers())) {
            for (int point = 1; point <= POINTS; point++) {
                Victims victims = Victims.values()[random.nextInt(Victims.values().length)];
                int after = 1 + random.nextInt(RECORDS);
                List<String> ids = submit();
                int written = watch.await(ids.getFirst(), after, PATIENCE);
                kill(victims);
                System.out.printf("point %d: %s died after %d records%n", point, victims, written);
                ids.forEach(id -> awaitUndone(log, id));
                requests.addAll(ids);
            }
            requests.forEach(id -> assertOnceAndInOrder(log, id));
        }
    }

    private List<String> submit() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            ChatRequest request =
                    ChatRequest.builder()
                            .preset("effects")
                            .user("whatever")
                            .deadline(Duration.ofMinutes(5))
                            .build();
            ids.add(
                    client.submit(request.toRecord(client.tenant()), SubmitOptions.none())
                            .requestId());
        }
        return ids;
    }

    private void kill(Victims victims) {
        if (victims != Victims.WORKER) {
            system.dispatcher().kill();
        }
        if (victims != Victims.DISPATCHER) {
            system.worker("worker-1").kill();
            system.worker("worker-1").start();
        }
        if (victims != Victims.WORKER) {
            system.dispatcher().start();
        }
    }

    private void awaitUndone(RecordLog log, String id) {
        Awaitility.await("the ledger has what " + id + " left behind")
                .atMost(LIMIT)
                .until(() ->
                        participant.ledger().containsAll(List.of(id + "/refine", id + "/draft")));
        log.awaitReply(id);
    }

    private void assertOnceAndInOrder(RecordLog log, String id) {
        assertThat(log.replies(id))
                .extracting(Reply::getStatus)
                .containsExactly(ReplyStatus.FAILED);
        assertThat(log.compensations(Topics.COMPENSATIONS, id))
                .extracting(c -> c.getOrder() + " " + c.getStage() + " " + c.getAttempt())
                .containsExactly("0 refine 1", "1 draft 1");
        List<Compensation> sent = log.compensations(TOPIC, id);
        assertThat(sent).extracting(Compensation::getOrder).isSorted();
        assertThat(sent.stream().filter(c -> c.getAttempt() == 1))
                .extracting(Compensation::getStage)
                .containsExactly("refine", "draft");
        assertThat(participant.ledger().stream().filter(done -> done.startsWith(id + "/")))
                .containsExactly(id + "/refine", id + "/draft");
    }
}
