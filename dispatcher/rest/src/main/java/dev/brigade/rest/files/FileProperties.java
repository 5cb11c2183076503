package dev.brigade.rest.files;

import static dev.brigade.config.Bounds.within;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of files.
 *
 * @param maxFile largest file; more gets 413
 * @param maxUploads most files that are received at the same time; one more gets 429
 * @param sweep time between two looks for what is no longer wanted
 */
@ConfigurationProperties("brigade.rest.files")
record FileProperties(
        @DefaultValue("200MB") DataSize maxFile,
        @DefaultValue("16") int maxUploads,
        @DefaultValue("10m") Duration sweep) {

    private static final long KIB = 1024;

    FileProperties {
        within("brigade.rest.files.max-file in bytes", maxFile.toBytes(), KIB, 4 * KIB * KIB * KIB);
        within("brigade.rest.files.max-uploads", maxUploads, 1, 1000);
        within("brigade.rest.files.sweep", sweep, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
