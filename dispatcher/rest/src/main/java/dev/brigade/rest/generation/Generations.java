package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.rest.calls.AnswerLog;
import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.Pending;
import dev.brigade.rest.calls.WholeAnswer;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestBodies;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.json.JsonBody;
import dev.brigade.rest.json.JsonFields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Serves an inference call from its body to its last byte, on the thread of the call. */
@Component
public final class Generations {

    private final BrigadeConnection connection;
    private final Admission admission;
    private final RequestBodies bodies;
    private final BodyMemory memory;
    private final WholeAnswer wholeAnswer;
    private final LiveStream liveStream;
    private final Duration keepAlive;

    Generations(
            BrigadeConnection connection,
            Admission admission,
            RequestBodies bodies,
            BodyMemory memory,
            WholeAnswer wholeAnswer,
            LiveStream liveStream,
            RestProperties properties) {
        this.connection = connection;
        this.admission = admission;
        this.bodies = bodies;
        this.memory = memory;
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
        try (BodyMemory.Share share = memory.share()) {
            JsonFields body = JsonBody.parse(bodies.read(request, share));
            return CallReader.read(body, kind, CallHeaders.idempotencyKey(request));
        }
    }

    private void answer(
            GenerationCall call,
            GenerationKind kind,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StreamHandle handle =
                connection.client().submit(call.request(), CallHeaders.trace(request));
        response.setHeader(RequestIdFilter.HEADER, handle.requestId());
        Answer answer = wholeAnswer.await(Pending.of(handle), ClientConnection.of(request));
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
        SubmitOptions trace = CallHeaders.trace(request);
        liveStream.serve(
                request,
                response,
                kind.form(),
                new StreamOptions(call.includeUsage(), false, 0, keepAlive, true),
                listener -> client.submit(call.request(), trace, listener));
    }
}
