package dev.brigade.worker;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.worker.pool.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What a worker works with and does not own.
 *
 * @param meters where it counts
 * @param payloads where large inputs come from, and large results go
 */
public record WorkerTools(
        Backends backends,
        AvroWire wire,
        Clock clock,
        MeterRegistry meters,
        PayloadStore payloads) {}
