package dev.brigade.worker.pool;

import dev.brigade.worker.backend.LoadedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves nothing, and keeps who was served. */
final class TestingServing implements Serving {

    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    void running(String model, int jobs) {
        running.put(model, jobs);
    }

    List<String> ended() {
        return ended;
    }

    @Override
    public Served begin(HostedModel hosted, LoadedModel model) {
        long begun = System.nanoTime();
        return new Served() {
            @Override
            public int slots() {
                return hosted.spec().slots();
            }

            @Override
            public int running() {
                return running.getOrDefault(hosted.id(), 0);
            }

            @Override
            public long lastUsedNanos() {
                return begun;
            }

            @Override
            public OptionalDouble tokensPerSecond() {
                return OptionalDouble.empty();
            }

            @Override
            public void end(Duration grace) {
                ended.add(hosted.id());
            }
        };
    }
}
