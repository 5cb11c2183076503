package dev.brigade.rest.requests;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.RequestState;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.RequestId;
import dev.brigade.rest.calls.CancelWish;
import dev.brigade.rest.calls.OutputForm;
import dev.brigade.rest.completions.ChatCompletion;
import dev.brigade.rest.completions.ChatForm;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.KafkaProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.generation.LiveStream;
import dev.brigade.rest.generation.StreamOptions;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.sse.StartingAfter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Earlier requests, whoever sent them and whichever instance took them. */
@RestController
class RequestController {

    private final BrigadeConnection connection;
    private final Admission admission;
    private final LiveStream liveStream;
    private final CancelWish cancelWish;
    private final List<OutputForm> outputs;
    private final BodyMemory memory;
    private final Duration lookupTimeout;

    RequestController(
            BrigadeConnection connection,
            Admission admission,
            LiveStream liveStream,
            CancelWish cancelWish,
            List<OutputForm> outputs,
            BodyMemory memory,
            KafkaProperties properties) {
        this.connection = connection;
        this.admission = admission;
        this.liveStream = liveStream;
        this.cancelWish = cancelWish;
        this.outputs = outputs;
        this.memory = memory;
        this.lookupTimeout = properties.lookupTimeout();
    }

    @GetMapping("/v1/requests/{id}")
    void find(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        RequestState state = lookUp(usable(id, response));
        try (BodyMemory.Share share = memory.share()) {
            RequestView view = RequestView.of(id, state, answer -> form(answer, share));
            Json.stream(response, HttpServletResponse.SC_OK, view);
        }
    }

    @GetMapping("/v1/requests/{id}/stream")
    void stream(
            @PathVariable("id") String id,
            HttpServletRequest request,
            HttpServletResponse response) {
        String known = usable(id, response);
        long startingAfter = StartingAfter.of(request);
        BrigadeClient client = connection.client();
        // Others may still read what this reader leaves. A failure to find the request is worth a
        // status of its own, so the first byte waits as long as the search may.
        StreamOptions options = new StreamOptions(true, true, startingAfter, lookupTimeout, false);
        try (Admission.Place _ = admission.enter()) {
            liveStream.serve(
                    request,
                    response,
                    new ChatForm(),
                    options,
                    listener -> client.follow(known, startingAfter, listener));
        }
    }

    /** Cancels first, so that the search costs the generation no time. */
    @DeleteMapping("/v1/requests/{id}")
    void cancel(@PathVariable("id") String id, HttpServletResponse response) throws IOException {
        cancelWish.send(usable(id, response));
        String status =
                switch (lookUp(id)) {
                    case RequestState.Open open -> "cancelling";
                    case RequestState.Ended ended -> RequestView.status(ended.reply());
                };
        Json.answer(
                response,
                HttpServletResponse.SC_OK,
                new CancelView(id, RequestView.OBJECT, status));
    }

    private Object form(Answer answer, BodyMemory.Share share) {
        return outputs.stream()
                .filter(output -> output.fits(answer))
                .findFirst()
                .map(output -> output.of(answer, share))
                .orElseGet(() -> ChatCompletion.of(answer));
    }

    private RequestState lookUp(String id) {
        return connection.client().find(id).orElseThrow(RequestController::notFound);
    }

    private static String usable(String id, HttpServletResponse response) {
        if (!RequestId.isUsable(id)) {
            throw notFound();
        }
        if (RequestId.parse(id).isPresent()) {
            response.setHeader(RequestIdFilter.HEADER, id);
        }
        return id;
    }

    private static ApiException notFound() {
        return new ApiException(
                ApiError.of(ErrorCode.REQUEST_NOT_FOUND, "There is no such request"));
    }
}
