package dev.brigade.payloads.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Which server to speak to.
 *
 * @param uri another server than Amazon's
 * @param pathStyle whether the bucket is part of the path instead of the host's name
 */
record S3Endpoint(Optional<URI> uri, boolean pathStyle) {

    /**
     * The server that settings name; other servers than Amazon's mostly want the path style, which
     * so is their default.
     *
     * @throws IllegalArgumentException naming the setting that is malformed
     */
    static S3Endpoint of(Optional<String> endpoint, Optional<String> pathStyle) {
        Optional<URI> uri = endpoint.map(S3Endpoint::uri);
        return new S3Endpoint(uri, pathStyle.map(S3Endpoint::flag).orElse(uri.isPresent()));
    }

    private static URI uri(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "BRIGADE_S3_ENDPOINT must be a URL such as https://minio.example:9000");
    }

    private static boolean flag(String pathStyle) {
        return switch (pathStyle) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "BRIGADE_S3_PATH_STYLE must be true or false");
        };
    }
}
