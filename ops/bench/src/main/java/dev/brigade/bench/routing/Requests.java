package dev.brigade.bench.routing;

import dev.brigade.bench.played.Batch.Entry;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Message;
import dev.brigade.schema.Sampling;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * New requests for the instant worker's model, each with an id of its own.
 *
 * @param ids their keys
 * @param value their value, the same for all
 */
record Requests(Set<String> ids, byte[] value) {

    private static final String QUESTION =
            "A question of about the length that people ask, which nobody is going to read.";

    Requests {
        ids = Set.copyOf(ids);
    }

    static Requests make(int count, AvroWire wire) {
        long now = System.currentTimeMillis();
        Set<String> ids = new HashSet<>();
        IntStream.range(0, count)
                .forEach(i -> ids.add(RequestId.create(now, i % BenchSystem.PARTITIONS)));
        InferenceRequest request =
                InferenceRequest.newBuilder()
                        .setInput(new ChatInput(List.of(new Message("user", QUESTION, null))))
                        .setModel(RoutingBench.MODEL)
                        .setSampling(Sampling.newBuilder().setMaxTokens(64).build())
                        .setStream(false)
                        .setDeadlineMs(Duration.ofHours(12).toMillis())
                        .build();
        return new Requests(ids, wire.encode(request));
    }

    List<Entry> on(String topic) {
        return ids.stream().map(id -> Entry.byKey(topic, id, value)).toList();
    }
}
