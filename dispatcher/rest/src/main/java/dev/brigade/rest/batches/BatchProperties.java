package dev.brigade.rest.batches;

import static dev.brigade.config.Bounds.within;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of batches of requests.
 *
 * @param window most lines of all batches that are under way at the same time
 * @param atOnce most batches that are worked on at the same time; others wait
 * @param pause first time that a line waits which found the queue full; it doubles up to 30 s
 * @param look time between two looks for new batches
 */
@ConfigurationProperties("brigade.rest.batches")
record BatchProperties(
        @DefaultValue("64") int window,
        @DefaultValue("4") int atOnce,
        @DefaultValue("500ms") Duration pause,
        @DefaultValue("200ms") Duration look) {

    BatchProperties {
        within("brigade.rest.batches.window", window, 1, 10_000);
        within("brigade.rest.batches.at-once", atOnce, 1, 1000);
        within("brigade.rest.batches.pause", pause, Duration.ofMillis(1), Duration.ofSeconds(30));
        within("brigade.rest.batches.look", look, Duration.ofMillis(10), Duration.ofMinutes(1));
    }
}
