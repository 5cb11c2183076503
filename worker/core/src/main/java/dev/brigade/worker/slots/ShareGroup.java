package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a share group. It must stand before the group's first member polls: by default a
 * group begins at the end of the topic, and is given records of transactions that were aborted.
 */
final class ShareGroup {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Admin admin;
    private final String group;
    private final ConfigResource resource;

    private ShareGroup(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
        this.resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    }

    /**
     * Sets the configuration, and returns when a broker shows it: what the controller has accepted
     * reaches the brokers later, and jobs that came before would be lost on a group that begins
     * without it.
     *
     * @throws IllegalStateException when the broker does not answer or refuses
     */
    static void configure(Admin admin, String group, Duration lock) throws InterruptedException {
        new ShareGroup(admin, group)
                .configure(
                        Map.of(
                                "share.isolation.level", "read_committed",
                                "share.auto.offset.reset", "earliest",
                                "share.record.lock.duration.ms", Long.toString(lock.toMillis())));
    }

    private void configure(Map<String, String> wanted) throws InterruptedException {
        List<AlterConfigOp> ops =
                wanted.entrySet().stream()
                        .map(each -> new ConfigEntry(each.getKey(), each.getValue()))
                        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                        .toList();
        answer(admin.incrementalAlterConfigs(Map.of(resource, ops)).all());
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!stands(wanted)) {
            if (System.nanoTime() - until > 0) {
                throw notWithinLimit(null);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        }
    }

    private boolean stands(Map<String, String> wanted) throws InterruptedException {
        Config config =
                answer(admin.describeConfigs(List.of(resource)).all())
                        .getOrDefault(resource, new Config(List.of()));
        return wanted.entrySet().stream()
                .allMatch(each -> each.getValue().equals(value(config, each.getKey())));
    }

    private static @Nullable String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? null : entry.value();
    }

    private <T> T answer(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka refused the configuration of share group %s: %s"
                            .formatted(group, e.getMessage()),
                    e);
        } catch (TimeoutException e) {
            throw notWithinLimit(e);
        }
    }

    private IllegalStateException notWithinLimit(@Nullable TimeoutException cause) {
        return new IllegalStateException(
                "Kafka did not configure share group %s within %d s"
                        .formatted(group, LIMIT.toSeconds()),
                cause);
    }
}
