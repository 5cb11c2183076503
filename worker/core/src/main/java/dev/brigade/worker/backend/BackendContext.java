package dev.brigade.worker.backend;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * What the worker gives to a backend beside the model to load.
 *
 * @param meters where the backend counts; its meters of a model go when the model is closed
 * @param progress told as the load goes on
 */
public record BackendContext(MeterRegistry meters, Backend.LoadProgress progress) {

    /** One whose meters and progress nobody looks at. */
    public static BackendContext alone() {
        return new BackendContext(new SimpleMeterRegistry(), percent -> {});
    }
}
