package dev.brigade.standalone.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kafka's configuration for one node that is broker and controller, reachable on loopback only. */
final class BrokerConfig {

    static final int NODE_ID = 1;

    /** 50 each are made for clusters; here they would only cost files and start time. */
    static final int INTERNAL_PARTITIONS = 4;

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerConfig() {}

    static Map<String, String> of(Path logDir, int port, int controllerPort) {
        Map<String, String> config = new HashMap<>();
        config.put("log.dirs", logDir.toString());
        listeners(config, port, controllerPort);
        singleNode(config);
        promptGroups(config);
        modestMemory(config);
        retention(config);
        return Map.copyOf(config);
    }

    private static void listeners(Map<String, String> config, int port, int controllerPort) {
        config.put("process.roles", "broker,controller");
        config.put("node.id", Integer.toString(NODE_ID));
        config.put(
                "listeners",
                "CLIENT://127.0.0.1:%d,%s://127.0.0.1:%d"
                        .formatted(port, CONTROLLER_LISTENER, controllerPort));
        config.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        config.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("controller.listener.names", CONTROLLER_LISTENER);
        config.put("inter.broker.listener.name", "CLIENT");
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    }

    /** Without these, Kafka waits for replicas that one node can never have. */
    private static void singleNode(Map<String, String> config) {
        config.put("default.replication.factor", "1");
        config.put("min.insync.replicas", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        String partitions = Integer.toString(INTERNAL_PARTITIONS);
        config.put("offsets.topic.num.partitions", partitions);
        config.put("transaction.state.log.num.partitions", partitions);
        config.put("share.coordinator.state.topic.num.partitions", partitions);
        // A misspelt topic must be an error, not a topic.
        config.put("auto.create.topics.enable", "false");
    }

    /** Group members join at once, and a dead program's transaction ends soon. */
    private static void promptGroups(Map<String, String> config) {
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.streams.initial.rebalance.delay.ms", "0");
        config.put("group.consumer.assignment.interval.ms", "0");
        config.put("group.share.assignment.interval.ms", "0");
        config.put("group.share.initialize.retry.interval.ms", "1000");
        config.put("group.share.min.record.lock.duration.ms", "1000");
        config.put("group.share.max.record.lock.duration.ms", "600000");
        config.put("group.share.max.size", "1000");
        config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        config.put("controller.quorum.append.linger.ms", "0");
        // A broker that was killed is taken for alive this long, and its restart must wait.
        config.put("broker.session.timeout.ms", "3000");
        config.put("broker.heartbeat.interval.ms", "300");
    }

    private static void modestMemory(Map<String, String> config) {
        config.put("message.max.bytes", Integer.toString(8 << 20));
        config.put("replica.fetch.max.bytes", Integer.toString(8 << 20));
        config.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.put("group.coordinator.threads", "2");
    }

    /** Small segments, since only a closed one is ever deleted or compacted. */
    private static void retention(Map<String, String> config) {
        config.put("log.segment.bytes", Integer.toString(64 << 20));
        config.put("log.roll.ms", Long.toString(24L * 3_600_000));
        config.put("log.retention.check.interval.ms", "60000");
    }
}
