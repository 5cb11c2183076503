package dev.brigade.rest.calls;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.StreamHandle;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
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
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Serves a call that has one whole answer, from its body to its last byte, on the thread of the
 * call.
 */
@Component
public final class PlainCalls {

    private final BrigadeConnection connection;
    private final Admission admission;
    private final RequestBodies bodies;
    private final BodyMemory memory;
    private final WholeAnswer wholeAnswer;

    PlainCalls(
            BrigadeConnection connection,
            Admission admission,
            RequestBodies bodies,
            BodyMemory memory,
            WholeAnswer wholeAnswer) {
        this.connection = connection;
        this.admission = admission;
        this.bodies = bodies;
        this.memory = memory;
        this.wholeAnswer = wholeAnswer;
    }

    /** Answers a call whose body is JSON. */
    public void serveJson(
            HttpServletRequest request,
            HttpServletResponse response,
            Function<JsonFields, PlainCall> form)
            throws IOException {
        serve(request, response, share -> form.apply(JsonBody.parse(bodies.read(request, share))));
    }

    /** Answers a call whose body is read otherwise. */
    public void serve(HttpServletRequest request, HttpServletResponse response, Reader reader)
            throws IOException {
        try (Admission.Place _ = admission.enter()) {
            Sent sent = send(request, reader);
            response.setHeader(RequestIdFilter.HEADER, sent.handle().requestId());
            Answer answer = await(sent, request);
            AnswerLog.answered(answer);
            response.setHeader(RequestIdFilter.HEADER, answer.requestId());
            write(sent.form(), answer, response);
        }
    }

    /** What was read is kept until it is sent, and not while the answer is awaited. */
    private Sent send(HttpServletRequest request, Reader reader) {
        try (BodyMemory.Share share = memory.share()) {
            PlainCall call = reader.read(share);
            return new Sent(submit(call, request), call.form(), call.names());
        }
    }

    private StreamHandle submit(PlainCall call, HttpServletRequest request) {
        try {
            return connection.client().submit(call.request(), CallHeaders.trace(request));
        } catch (BrigadeException e) {
            throw new ApiException(call.names().told(ApiError.of(e.failure())));
        }
    }

    private Answer await(Sent sent, HttpServletRequest request) throws IOException {
        try {
            return wholeAnswer.await(Pending.of(sent.handle()), ClientConnection.of(request));
        } catch (ApiException e) {
            throw new ApiException(sent.names().told(e.error()));
        }
    }

    private void write(PlainCall.Form form, Answer answer, HttpServletResponse response)
            throws IOException {
        try (BodyMemory.Share share = memory.share()) {
            Json.stream(response, HttpServletResponse.SC_OK, form.of(answer, share));
        }
    }

    /** Reads the body of a call. */
    @FunctionalInterface
    public interface Reader {

        /**
         * The call.
         *
         * @param memory holds what is read until it is sent
         */
        PlainCall read(BodyMemory.Share memory);
    }

    private record Sent(StreamHandle handle, PlainCall.Form form, FieldNames names) {}
}
