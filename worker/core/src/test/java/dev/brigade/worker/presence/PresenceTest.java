package dev.brigade.worker.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.ModelOptions;
import dev.brigade.config.ModelsConfig;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.Price;
import dev.brigade.schema.SlotsChanged;
import dev.brigade.schema.WorkerStatus;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.ModelStatus;
import dev.brigade.worker.testing.TestingOutbox;
import dev.brigade.worker.testing.TestingOutbox.Left;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PresenceTest {

    private static final Duration NEVER = Duration.ofMinutes(10);

    private final TestingOutbox outbox = new TestingOutbox();
    private volatile List<ModelStatus> models = List.of(status(ModelState.READY, 2));
    private Presence presence = presence(NEVER);

    @AfterEach
    void end() {
        presence.close();
    }

    @Test
    void aReadyModelIsDescribedWithItsSlots() {
        presence.start();

        await().until(() -> outbox.written(WorkerStatus.class).size() == 1);
        assertThat(outbox.written(SlotsChanged.class))
                .containsExactly(new SlotsChanged("w", 2, 10_000L));
        ModelDescription description = outbox.written(ModelDescription.class).getFirst();
        assertThat(description.getModel()).isEqualTo("demo");
        assertThat(description.getRoles()).containsExactly("fast", "primary");
        assertThat(description.getFileDigest()).isNull();
        WorkerStatus status = outbox.written(WorkerStatus.class).getFirst();
        assertThat(status.getWorkerId()).isEqualTo("w");
        assertThat(status.getTtlMs()).isEqualTo(10_000);
        assertThat(status.getModels().getFirst().getSlots()).isEqualTo(2);
        assertThat(status.getMemoryTotalMb()).isPositive();
    }

    @Test
    void capabilitiesAreWhatFileAndConfigurationAgreeOn() {
        presence.start();

        await().until(() -> !outbox.written(ModelDescription.class).isEmpty());
        assertThat(outbox.written(ModelDescription.class).getFirst().getCapabilities())
                .containsExactly("chat");
    }

    @Test
    void aPriceIsToldWhereTheConfigurationNamesOne() {
        presence.start();

        await().until(() -> !outbox.written(ModelDescription.class).isEmpty());
        assertThat(outbox.written(ModelDescription.class).getFirst().getPrice()).isNull();
        assertThat(description("price: {prompt: 0.5, completion: 1.5}").getPrice())
                .isEqualTo(new Price(0.5, 1.5));
    }

    @Test
    void everythingIsSaidAgainAtEveryIntervalButTheDescription() {
        presence = presence(Duration.ofMillis(20));
        presence.start();

        await().until(() -> outbox.written(WorkerStatus.class).size() >= 3);
        assertThat(outbox.written(SlotsChanged.class)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(outbox.written(ModelDescription.class)).hasSize(1);
    }

    @Test
    void aModelOfWhichMoreIsKnownIsDescribedAgain() {
        presence.start();
        await().until(() -> outbox.written(ModelDescription.class).size() == 1);

        ModelStatus before = models.getFirst();
        models =
                List.of(
                        new ModelStatus(
                                before.hosted(),
                                before.state(),
                                before.error(),
                                before.slots(),
                                before.running(),
                                before.progress(),
                                before.tokensPerSecond(),
                                Optional.of(
                                        new ModelFacts(
                                                64,
                                                Set.of("chat"),
                                                7,
                                                "",
                                                OptionalLong.of(9),
                                                "Q8_0",
                                                List.of(),
                                                OptionalInt.of(384)))));
        presence.changed();

        await().until(() -> outbox.written(ModelDescription.class).size() == 2);
        assertThat(outbox.written(ModelDescription.class).getLast().getDimensions()).isEqualTo(384);
    }

    @Test
    void slotsThatAreGoneAreTakenBackOnce() {
        presence.start();
        await().until(() -> outbox.written(WorkerStatus.class).size() == 1);

        models = List.of(status(ModelState.UNLOADED, 0));
        presence.changed();
        await().until(() -> outbox.written(WorkerStatus.class).size() == 2);
        presence.changed();
        await().until(() -> outbox.written(WorkerStatus.class).size() == 3);

        assertThat(outbox.written(SlotsChanged.class))
                .extracting(SlotsChanged::getSlots)
                .containsExactly(2, 0);
    }

    @Test
    void aModelWithoutSlotsIsNoBusinessOfTheScheduler() {
        models = List.of(status(ModelState.FAILED, 0));
        presence.start();

        await().until(() -> outbox.written(WorkerStatus.class).size() == 1);
        assertThat(outbox.written(SlotsChanged.class)).isEmpty();
        assertThat(outbox.written(WorkerStatus.class).getFirst().getModels().getFirst().getError())
                .isEqualTo("no file");
    }

    @Test
    void aWorkerThatLeavesTakesItsSlotsBackAndSaysSo() {
        presence.start();
        await().until(() -> outbox.written(WorkerStatus.class).size() == 1);

        presence.close();

        assertThat(outbox.written(SlotsChanged.class))
                .last()
                .isEqualTo(new SlotsChanged("w", 0, 10_000L));
        assertThat(outbox.written()).last().isEqualTo(new Left("w"));
    }

    private Presence presence(Duration interval) {
        return new Presence(
                new Heartbeat("w", "host", 1),
                () -> models,
                outbox,
                Clock.systemUTC(),
                interval,
                Duration.ofSeconds(10));
    }

    @Test
    void aClassifierIsDescribedWithItsLabelsUnlessTheyAreTooMany() {
        assertThat(described(List.of("a", "b"), OptionalInt.empty()).getLabels())
                .containsExactly("a", "b");
        List<String> many = IntStream.range(0, 1_001).mapToObj(n -> "label " + n).toList();
        assertThat(described(many, OptionalInt.empty()).getLabels()).isEmpty();
        assertThat(described(many.subList(1, 1_001), OptionalInt.empty()).getLabels())
                .hasSize(1_000);
        assertThat(described(List.of(), OptionalInt.of(384)).getDimensions()).isEqualTo(384);
        assertThat(described(List.of(), OptionalInt.empty()).getDimensions()).isNull();
    }

    private static ModelDescription described(List<String> labels, OptionalInt dimensions) {
        ModelFacts facts =
                new ModelFacts(64, Set.of(), 5, "", OptionalLong.empty(), "", labels, dimensions);
        return new Heartbeat("w", "host", 1).description(hosted(), facts, 1);
    }

    private static ModelStatus status(ModelState state, int slots) {
        boolean loaded = state == ModelState.READY;
        return new ModelStatus(
                hosted(),
                state,
                state == ModelState.FAILED ? Optional.of("no file") : Optional.empty(),
                slots,
                0,
                loaded ? 100 : 0,
                OptionalDouble.empty(),
                loaded
                        ? Optional.of(
                                ModelFacts.ofText(
                                        64,
                                        Set.of("chat", "secret"),
                                        5,
                                        "",
                                        OptionalLong.of(9),
                                        "Q8_0"))
                        : Optional.empty());
    }

    private static ModelDescription description(String property) {
        ModelStatus status = status(ModelState.READY, 1);
        return new Heartbeat("w", "host", 1)
                .description(hosted(property), status.facts().orElseThrow(), 1);
    }

    private static HostedModel hosted() {
        return hosted("slots: 2");
    }

    private static HostedModel hosted(String property) {
        String yaml =
                """
                models:
                  - id: demo
                    path: demo.gguf
                    roles: [fast, primary]
                    context_length: 64
                    %s
                """
                        .formatted(property);
        return new HostedModel(
                ModelsConfig.parse(yaml, "test").models().getFirst(),
                new ModelSpec(
                        "demo",
                        Path.of("demo.gguf"),
                        64,
                        2,
                        0,
                        0,
                        List.of("fast", "primary"),
                        Optional.empty(),
                        Optional.empty(),
                        ModelOptions.DEFAULT));
    }
}
