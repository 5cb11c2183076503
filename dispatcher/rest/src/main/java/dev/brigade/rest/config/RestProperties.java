package dev.brigade.rest.config;

import static dev.brigade.config.Bounds.within;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the HTTP side.
 *
 * @param host address to listen on; loopback unless told otherwise, since nothing here asks who
 *     calls
 * @param port port to listen on; 0 takes a free one
 * @param requestTimeout time allowed to a request that names no deadline of its own
 * @param maxConcurrentRequests most inference calls at the same time; one more gets 429
 * @param maxBody largest request body; more gets 413
 * @param maxBodyMemory most memory for the bodies of all calls that are being read; more gets 429
 * @param maxUpload largest form with files, such as a manifest; more gets 413. Files go through in
 *     pieces and hold no such memory
 * @param keepAlive silence after which a stream gets a comment
 * @param hangUpCheck how often a waiting call looks whether its client is still there
 * @param configDir folder of {@code orchestration.yaml} and {@code presets.yaml}, whose modes and
 *     presets are shown to clients
 * @param modelControl whether anybody may load and unload models; nobody is asked for a key
 * @param version version of this program
 */
@ConfigurationProperties("brigade.rest")
public record RestProperties(
        @DefaultValue("127.0.0.1") InetAddress host,
        @DefaultValue("8085") int port,
        @DefaultValue("120s") @DurationUnit(ChronoUnit.SECONDS) Duration requestTimeout,
        @DefaultValue("256") int maxConcurrentRequests,
        @DefaultValue("4MB") DataSize maxBody,
        @DefaultValue("64MB") DataSize maxBodyMemory,
        @DefaultValue("64MB") DataSize maxUpload,
        @DefaultValue("1s") Duration keepAlive,
        @DefaultValue("250ms") Duration hangUpCheck,
        @DefaultValue("config") Path configDir,
        @DefaultValue("true") boolean modelControl,
        @DefaultValue("unknown") String version) {

    private static final long KIB = 1024;

    public RestProperties {
        within("brigade.rest.port (INFERENCE_PORT)", port, 0, 65_535);
        within(
                "brigade.rest.request-timeout (INFERENCE_REQUEST_TIMEOUT)",
                requestTimeout,
                Duration.ofSeconds(1),
                Duration.ofDays(1));
        within(
                "brigade.rest.max-concurrent-requests (INFERENCE_MAX_CONCURRENT_REQUESTS)",
                maxConcurrentRequests,
                1,
                10_000);
        within("brigade.rest.max-body in bytes", maxBody.toBytes(), KIB, 64 * KIB * KIB);
        within(
                "brigade.rest.max-body-memory in bytes",
                maxBodyMemory.toBytes(),
                maxBody.toBytes(),
                4096 * KIB * KIB);
        within(
                "brigade.rest.max-upload in bytes",
                maxUpload.toBytes(),
                KIB * KIB,
                4096 * KIB * KIB);
        within(
                "brigade.rest.keep-alive",
                keepAlive,
                Duration.ofMillis(100),
                Duration.ofSeconds(30));
        within(
                "brigade.rest.hang-up-check",
                hangUpCheck,
                Duration.ofMillis(10),
                Duration.ofSeconds(10));
    }
}
