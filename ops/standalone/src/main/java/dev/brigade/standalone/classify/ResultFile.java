package dev.brigade.standalone.classify;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Fetches a batch's results from the REST adapter, so that a file here is the file there. */
final class ResultFile {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final String restUrl;

    ResultFile(String restUrl) {
        this.restUrl = restUrl;
    }

    /**
     * Writes the results that there are, in the order of the images. A file that is there already
     * stays as it was until the new one is whole.
     *
     * @throws IOException when they cannot be fetched or written
     */
    void write(String requestId, Path file) throws IOException, InterruptedException {
        Path whole = file.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        HttpRequest request =
                HttpRequest.newBuilder(address(requestId, ClassifyArguments.extension(file)))
                        .timeout(LIMIT)
                        .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<Path> answer = http.send(request, BodyHandlers.ofFile(part));
            if (answer.statusCode() != 200) {
                throw new IOException("the REST adapter answers with " + answer.statusCode());
            }
            Files.move(
                    part,
                    whole,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private URI address(String requestId, String format) {
        return URI.create(
                "%s/api/v1/vision/batches/%s/results?format=%s&partial=true"
                        .formatted(
                                restUrl,
                                URLEncoder.encode(requestId, StandardCharsets.UTF_8),
                                format));
    }
}
