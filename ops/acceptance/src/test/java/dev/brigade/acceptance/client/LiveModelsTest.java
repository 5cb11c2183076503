package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.ModelInfo;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import dev.brigade.schema.WorkerStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveModelsTest extends ClientTest {

    private final String model = "model-" + System.nanoTime();
    private final String worker = "worker-" + System.nanoTime();

    @Test
    void aModelIsReadyWhileALiveWorkerHasIt() {
        other.publish(Topics.MODELS, model, description());
        other.publish(Topics.WORKERS, worker, heartbeat(ModelState.LOADING, 60_000));
        await().untilAsserted(() -> assertThat(find()).get().satisfies(this::isLoading));

        other.publish(Topics.WORKERS, worker, heartbeat(ModelState.READY, 60_000));
        await().until(() -> find().orElseThrow().ready());
        assertThat(client.workers()).anyMatch(w -> w.getWorkerId().equals(worker));

        other.tombstone(Topics.WORKERS, worker);
        await().until(() -> !find().orElseThrow().ready());
        assertThat(find().orElseThrow().onWorkers()).isEmpty();
    }

    @Test
    void aHeartbeatThatRanOutCountsNoMore() {
        other.publish(Topics.MODELS, model, description());
        other.publish(Topics.WORKERS, worker, heartbeat(ModelState.READY, 1500));
        await().until(() -> find().isPresent() && find().orElseThrow().ready());

        await().until(() -> !find().orElseThrow().ready());
        assertThat(client.workers()).noneMatch(w -> w.getWorkerId().equals(worker));
    }

    @Test
    void garbageOnTheTopicsHidesNoOtherModel() {
        other.publishBytes(Topics.MODELS, 0, "garbage", new byte[] {9});
        other.publishBytes(Topics.WORKERS, 0, "garbage", new byte[] {0, 0, 0, 0, 77, 1});
        other.publish(Topics.MODELS, model, description());

        await().until(() -> find().isPresent());
        assertThat(client.models()).noneMatch(m -> m.id().equals("garbage"));
    }

    private void isLoading(ModelInfo info) {
        assertThat(info.ready()).isFalse();
        assertThat(info.onWorkers())
                .extracting(on -> on.workerId() + " " + on.model().getState())
                .containsExactly(worker + " LOADING");
    }

    private Optional<ModelInfo> find() {
        return client.models().stream().filter(m -> m.id().equals(model)).findFirst();
    }

    private ModelDescription description() {
        return ModelDescription.newBuilder()
                .setModel(model)
                .setBackend("deterministic")
                .setRoles(List.of("fast"))
                .setCapabilities(List.of("chat"))
                .setContextLength(512)
                .setMemoryMb(1)
                .setCreatedAt(1)
                .build();
    }

    private WorkerStatus heartbeat(ModelState state, long ttlMs) {
        return WorkerStatus.newBuilder()
                .setWorkerId(worker)
                .setHost("h")
                .setStartedAt(1)
                .setAt(1)
                .setTtlMs(ttlMs)
                .setModels(List.of(new WorkerModel(model, state, null, 1, 0, 100, null)))
                .setMemoryTotalMb(1)
                .setMemoryFreeMb(1)
                .build();
    }
}
