package dev.brigade.rest.imagebatches;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.spool.LineSpool;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ResultPart;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Sends a batch's results as a file, in the order of its images. They are read to the end before
 * the first byte is sent: so a failure has a status of its own, and a file that was begun is whole.
 */
@Component
final class ResultsDownload {

    private static final int MOST_IMAGES = 100_000;
    private static final int MOST_AT_ONCE = 8;

    private final BrigadeConnection connection;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    ResultsDownload(BrigadeConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends what there is.
     *
     * @throws ApiException {@code too_many_requests} when as many downloads as allowed are under
     *     way
     */
    void send(String id, ResultFormat format, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            throw new ApiException(
                    ApiError.of(
                            ErrorCode.TOO_MANY_REQUESTS,
                            "Results of " + MOST_AT_ONCE + " batches are being read"));
        }
        try (LineSpool spool = read(id, format)) {
            write(id, format, spool, response);
        } finally {
            places.release();
        }
    }

    /** A full disk is a failure of this server, and no client that has gone. */
    private LineSpool read(String id, ResultFormat format) {
        try {
            LineSpool spool = new LineSpool(MOST_IMAGES);
            try {
                connection.client().batchResults(id, 0, part -> add(part, format, spool));
                return spool;
            } catch (RuntimeException e) {
                spool.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("results cannot be laid down in a file", e);
        }
    }

    private static void add(ResultPart part, ResultFormat format, LineSpool spool) {
        try {
            for (ImageResult result : part.getItems()) {
                spool.add(result.getIndex(), format.line(result));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(
            String id, ResultFormat format, LineSpool spool, HttpServletResponse response)
            throws IOException {
        byte[] header = format.header().getBytes(StandardCharsets.UTF_8);
        response.setContentType(format.mediaType());
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"%s.%s\"".formatted(fileName(id), format.extension()));
        response.setContentLengthLong(header.length + spool.size());
        try (OutputStream output = response.getOutputStream()) {
            output.write(header);
            spool.writeTo(output);
        }
    }

    /** An id may be any text of the application that sent the batch. */
    private static String fileName(String id) {
        return "batch-" + id.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
