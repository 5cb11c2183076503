package dev.brigade.payloads.s3;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStoreProvider;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens {@code s3://bucket/prefix}. Region and credentials are where Amazon's SDK looks for them;
 * {@code BRIGADE_S3_ENDPOINT} and {@code BRIGADE_S3_PATH_STYLE}, or the system properties {@code
 * brigade.s3.endpoint} and {@code brigade.s3.path-style}, lead to another server than Amazon's.
 */
public final class S3PayloadStoreProvider implements PayloadStoreProvider {

    @Override
    public boolean accepts(String location) {
        return location.toLowerCase(Locale.ROOT).startsWith("s3://");
    }

    @Override
    public PayloadStore open(String location) {
        S3Location place = S3Location.of(location);
        S3Endpoint endpoint =
                S3Endpoint.of(
                        setting("BRIGADE_S3_ENDPOINT", "brigade.s3.endpoint"),
                        setting("BRIGADE_S3_PATH_STYLE", "brigade.s3.path-style"));
        return S3PayloadStore.open(place, endpoint, InstantSource.system());
    }

    private static Optional<String> setting(String variable, String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
