package dev.brigade.rest.generation;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.StreamListener;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.error.ErrorBody;
import dev.brigade.rest.generation.StreamEvent.Done;
import dev.brigade.rest.generation.StreamEvent.Failed;
import dev.brigade.rest.generation.StreamEvent.Progress;
import dev.brigade.rest.generation.StreamEvent.Stage;
import dev.brigade.rest.generation.StreamEvent.Started;
import dev.brigade.rest.generation.StreamEvent.Text;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.http.Shutdown;
import dev.brigade.rest.sse.SseWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes a request's text to its HTTP client as it is generated, on the thread of the HTTP call.
 * Between events it looks whether the client is still there, and in longer silences sends a
 * comment, so that a hang-up is noticed in the queue as well as in mid-answer.
 */
@Component
public final class LiveStream {

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

    /** Told by plain calls as well. */
    static final String STOPPING =
            "The server is stopping; the request goes on, and can be read at"
                    + " /v1/requests/{x-request-id}";

    private final Shutdown shutdown;
    private final Duration keepAlive;
    private final Duration hangUpCheck;

    LiveStream(RestProperties properties, Shutdown shutdown) {
        this.shutdown = shutdown;
        this.keepAlive = properties.keepAlive();
        this.hangUpCheck = properties.hangUpCheck();
    }

    /**
     * Streams what the source hands to its listener, until its last event or until the client goes.
     *
     * @param source sends or follows a request, such as {@link BrigadeClient#submit}
     * @throws ApiException for a failure before anything was written
     */
    public void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            AnswerForm form,
            StreamOptions options,
            Function<StreamListener, StreamHandle> source) {
        try (Handover events = new Handover()) {
            StreamHandle handle = source.apply(events);
            response.setHeader(RequestIdFilter.HEADER, handle.requestId());
            try {
                SseWriter output = new SseWriter(response);
                StreamedAnswer answer =
                        new StreamedAnswer(output, form, options, handle.requestId());
                ClientConnection connection = ClientConnection.of(request);
                new Writing(connection, response, output, answer, options.firstByte()).run(events);
            } catch (IOException gone) {
                hangUp(handle, options);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                handle.detach();
            }
        }
    }

    private void hangUp(StreamHandle handle, StreamOptions options) {
        if (shutdown.isUnderWay()) {
            return;
        }
        log.info("client of request {} hung up", handle.requestId());
        if (options.cancelOnHangUp()) {
            Cancelling.cancel(handle);
        }
    }

    /** One stream. */
    private final class Writing {

        private final ClientConnection connection;
        private final HttpServletResponse response;
        private final SseWriter output;
        private final StreamedAnswer answer;
        private final Duration firstByte;
        private long lastSentNanos = System.nanoTime();

        Writing(
                ClientConnection connection,
                HttpServletResponse response,
                SseWriter output,
                StreamedAnswer answer,
                Duration firstByte) {
            this.connection = connection;
            this.response = response;
            this.output = output;
            this.answer = answer;
            this.firstByte = firstByte;
        }

        void run(Handover events) throws IOException, InterruptedException {
            boolean open = true;
            while (open && !shutdown.isUnderWay()) {
                Optional<StreamEvent> event = events.next(hangUpCheck);
                if (event.isPresent()) {
                    open = write(event.get());
                    lastSentNanos = System.nanoTime();
                } else {
                    idle();
                }
            }
            if (open) {
                fail(ApiError.of(ErrorCode.NOT_READY, STOPPING));
            }
            output.end();
        }

        private void idle() throws IOException {
            if (connection.isGone()) {
                throw new ClientGoneException();
            }
            Duration silence = output.isStarted() ? keepAlive : firstByte;
            if (System.nanoTime() - lastSentNanos >= silence.toNanos()) {
                output.comment("keep-alive");
                lastSentNanos = System.nanoTime();
            }
        }

        /** Whether more will come. */
        private boolean write(StreamEvent event) throws IOException {
            return switch (event) {
                case Started started -> {
                    if (!output.isStarted()) {
                        response.setHeader(RequestIdFilter.HEADER, started.requestId());
                    }
                    answer.begin(started.requestId(), started.model());
                    yield true;
                }
                case Text text -> {
                    answer.text(text.delta().text(), text.delta().cursor());
                    yield true;
                }
                case Stage stage -> {
                    answer.stage(stage.update());
                    yield true;
                }
                case Progress progress -> {
                    answer.progress(progress.progress());
                    yield true;
                }
                case Done done -> {
                    answer.finish(done.answer());
                    AnswerLog.answered(done.answer());
                    yield false;
                }
                case Failed failed -> {
                    AnswerLog.failed(failed.failure());
                    fail(ApiError.of(failed.failure()));
                    yield false;
                }
            };
        }

        private void fail(ApiError error) throws IOException {
            if (!output.isStarted()) {
                throw new ApiException(error);
            }
            output.data(Json.text(ErrorBody.of(error)));
        }
    }
}
