package dev.brigade.worker;

import dev.brigade.worker.images.ImageSettings;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.PoolSettings;
import dev.brigade.worker.slots.SlotSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a worker is to be.
 *
 * @param workerId unique among the living workers
 * @param host shown to operators
 * @param client connection properties of every Kafka client, by Kafka's names
 * @param partitions of the topics that scale
 * @param models that it may load
 * @param preload ids of those that it loads at once
 * @param images which images it reads, and how
 * @param heartbeat time between two heartbeats
 * @param ttl how long a heartbeat holds
 * @param stopGrace how long running jobs may go on when the worker ends
 * @param drainGrace how long they may when it is drained
 */
public record WorkerSettings(
        String workerId,
        String host,
        Map<String, Object> client,
        int partitions,
        List<HostedModel> models,
        Set<String> preload,
        SlotSettings slots,
        PoolSettings pool,
        ImageSettings images,
        Duration heartbeat,
        Duration ttl,
        Duration stopGrace,
        Duration drainGrace) {

    public WorkerSettings {
        client = Map.copyOf(client);
        models = List.copyOf(models);
        preload = Set.copyOf(preload);
        if (ttl.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a heartbeat must hold for two intervals or more");
        }
    }
}
