package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.json.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Serves an inference call from its body to its last byte, on the thread of the call. */
@Component
public final class Generations {

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final BrigadeConnection connection;
    private final Admission admission;
    private final RequestBodies bodies;
    private final WholeAnswer wholeAnswer;
    private final LiveStream liveStream;
    private final Duration keepAlive;

    Generations(
            BrigadeConnection connection,
            Admission admission,
            RequestBodies bodies,
            WholeAnswer wholeAnswer,
            LiveStream liveStream,
            RestProperties properties) {
        this.connection = connection;
        this.admission = admission;
        this.bodies = bodies;
        this.wholeAnswer = wholeAnswer;
        this.liveStream = liveStream;
        this.keepAlive = properties.keepAlive();
    }

    /** Answers the call, whole or streamed. */
    public void serve(HttpServletRequest request, HttpServletResponse response, GenerationKind kind)
            throws IOException {
        try (Admission.Place _ = admission.enter()) {
            GenerationCall call = read(request, kind);
            if (call.streamed()) {
                stream(call, kind, request, response);
            } else {
                answer(call, kind, request, response);
            }
        }
    }

    private GenerationCall read(HttpServletRequest request, GenerationKind kind) {
        try (RequestBodies.Body body = bodies.read(request)) {
            Optional<String> key = Optional.ofNullable(request.getHeader("Idempotency-Key"));
            return CallReader.read(JsonBody.parse(body.bytes()), kind, key);
        }
    }

    private void answer(
            GenerationCall call,
            GenerationKind kind,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StreamHandle handle = connection.client().submit(call.request(), trace(request));
        response.setHeader(RequestIdFilter.HEADER, handle.requestId());
        Answer answer = wholeAnswer.await(handle, ClientConnection.of(request));
        AnswerLog.answered(answer);
        response.setHeader(RequestIdFilter.HEADER, answer.requestId());
        Json.answer(response, HttpServletResponse.SC_OK, kind.form().whole(answer));
    }

    private void stream(
            GenerationCall call,
            GenerationKind kind,
            HttpServletRequest request,
            HttpServletResponse response) {
        BrigadeClient client = connection.client();
        SubmitOptions trace = trace(request);
        liveStream.serve(
                request,
                response,
                kind.form(),
                new StreamOptions(call.includeUsage(), false, 0, keepAlive, true),
                listener -> client.submit(call.request(), trace, listener));
    }

    private static SubmitOptions trace(HttpServletRequest request) {
        String traceparent = request.getHeader("traceparent");
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                ? SubmitOptions.none().withTraceparent(traceparent)
                : SubmitOptions.none();
    }
}
