package dev.brigade.payloads.s3;

import java.time.Duration;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Amazon's client, with an end to every wait. */
final class S3Connection {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration ATTEMPT = Duration.ofMinutes(5);
    private static final Duration CALL = Duration.ofMinutes(10);

    private S3Connection() {}

    static S3Client open(S3Endpoint endpoint) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(SILENCE))
                        .overrideConfiguration(
                                all -> all.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
                        .defaultsMode(DefaultsMode.STANDARD)
                        // Payloads have a digest of their own, and not every server knows these.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .forcePathStyle(endpoint.pathStyle());
        endpoint.uri().ifPresent(uri -> builder.endpointOverride(uri).region(region()));
        return builder.build();
    }

    /**
     * Another server than Amazon's mostly has no regions, but signatures name one. Amazon's own
     * machines are not asked for it: elsewhere that only takes time.
     */
    private static Region region() {
        try {
            return new AwsRegionProviderChain(
                            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException nowhere) {
            return Region.US_EAST_1;
        }
    }
}
