package dev.brigade.worker.app;

import com.sun.management.OperatingSystemMXBean;
import dev.brigade.config.process.HealthEndpoint;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.worker.Worker;
import dev.brigade.worker.WorkerSettings;
import dev.brigade.worker.WorkerTools;
import dev.brigade.worker.pool.Backends;
import dev.brigade.worker.pool.PoolSettings;
import dev.brigade.worker.slots.SlotSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    @Bean
    WorkerSettings workerSettings(
            WorkerProperties worker, ImageProperties images, KafkaProperties kafka) {
        HostedModels models = HostedModels.of(worker);
        String host = host();
        return new WorkerSettings(
                Optional.ofNullable(worker.id()).orElseGet(() -> randomId(host)),
                host,
                client(kafka),
                kafka.partitions(),
                models.all(),
                models.preload(),
                new SlotSettings(
                        worker.chunkInterval(),
                        worker.progressInterval(),
                        worker.lock(),
                        worker.takers()),
                new PoolSettings(
                        memoryLimitMb(worker),
                        worker.parallelLoads(),
                        worker.unloadGrace(),
                        worker.lookInterval(),
                        worker.maxPins()),
                images.settings(),
                worker.heartbeat(),
                worker.ttl(),
                worker.stopGrace(),
                worker.drainGrace());
    }

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Worker worker(
            WorkerSettings settings,
            KafkaProperties kafka,
            PrometheusMeterRegistry meters,
            PayloadStore payloads) {
        SchemaRegistry registry = SchemaRegistry.of(Optional.ofNullable(kafka.schemaRegistryUrl()));
        return new Worker(
                settings,
                new WorkerTools(
                        Backends.installed(),
                        new AvroWire(registry),
                        Clock.systemUTC(),
                        meters,
                        payloads));
    }

    @Bean(destroyMethod = "close")
    HealthEndpoint health(
            WorkerProperties properties, Worker worker, PrometheusMeterRegistry meters) {
        int port = properties.healthPort();
        try {
            return HealthEndpoint.start(port, "worker", worker::readiness, meters::scrape);
        } catch (IOException e) {
            throw new StartFailure(
                    "port %d of brigade.worker.health-port (BRIGADE_HEALTH_PORT) cannot be used: %s"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    private static Map<String, Object> client(KafkaProperties kafka) {
        Map<String, Object> client = new HashMap<>(kafka.properties());
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return client;
    }

    private static long memoryLimitMb(WorkerProperties worker) {
        DataSize limit = worker.maxMemory();
        if (limit != null) {
            return limit.toMegabytes();
        }
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        return (machine >> 20) / 5 * 4;
    }

    private static String randomId(String host) {
        String usable = host.replaceAll("[^A-Za-z0-9._-]", "-");
        return usable + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
