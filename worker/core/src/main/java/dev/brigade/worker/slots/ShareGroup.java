package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Configuration of a share group. It must stand before the group's first member polls: by default a
 * group begins at the end of the topic, and is given records of transactions that were aborted.
 */
final class ShareGroup {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ShareGroup() {}

    /**
     * Sets the configuration.
     *
     * @throws IllegalStateException when the broker does not answer or refuses
     */
    static void configure(Admin admin, String group, Duration lock) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Collection<AlterConfigOp> ops =
                List.of(
                        set("share.isolation.level", "read_committed"),
                        set("share.auto.offset.reset", "earliest"),
                        set("share.record.lock.duration.ms", Long.toString(lock.toMillis())));
        try {
            admin.incrementalAlterConfigs(Map.of(resource, ops))
                    .all()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka refused the configuration of share group "
                            + group
                            + ": "
                            + e.getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka did not configure share group " + group + " within 10 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
