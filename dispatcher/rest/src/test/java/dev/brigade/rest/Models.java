package dev.brigade.rest;

import dev.brigade.client.ModelInfo;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import java.util.List;
import java.util.stream.Stream;

/** Models as a client tells of them. */
final class Models {

    private Models() {}

    /** A model and its state on each worker that has it. */
    static ModelInfo model(String id, ModelState... onWorkers) {
        ModelDescription description =
                ModelDescription.newBuilder()
                        .setModel(id)
                        .setBackend("llama")
                        .setRoles(List.of("primary"))
                        .setCapabilities(List.of("chat"))
                        .setContextLength(512)
                        .setMemoryMb(8)
                        .setCreatedAt(5000)
                        .build();
        return new ModelInfo(description, on(id, onWorkers));
    }

    /** A classifier of images. */
    static ModelInfo classifier(String id, ModelState... onWorkers) {
        ModelDescription description =
                ModelDescription.newBuilder()
                        .setModel(id)
                        .setBackend("djl")
                        .setRoles(List.of())
                        .setCapabilities(List.of("classify"))
                        .setContextLength(512)
                        .setMemoryMb(8)
                        .setCreatedAt(5000)
                        .setLabels(List.of("technical", "discard"))
                        .build();
        return new ModelInfo(description, on(id, onWorkers));
    }

    private static List<ModelInfo.OnWorker> on(String id, ModelState... onWorkers) {
        return Stream.of(onWorkers)
                .map(state ->
                        new ModelInfo.OnWorker(
                                "w", new WorkerModel(id, state, null, 1, 0, 0, null)))
                .toList();
    }
}
