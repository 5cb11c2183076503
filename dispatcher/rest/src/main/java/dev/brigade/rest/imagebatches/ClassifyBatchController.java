package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BrigadeException;
import dev.brigade.rest.calls.CallHeaders;
import dev.brigade.rest.calls.Pending;
import dev.brigade.rest.calls.WholeAnswer;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Admission;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.http.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends batches of images, and answers at once, as they come, or that they are stored. */
@RestController
class ClassifyBatchController {

    private static final BatchListener NOBODY = new BatchListener() {};

    private final BrigadeConnection connection;
    private final Admission admission;
    private final BodyMemory memory;
    private final BatchForm form;
    private final WholeAnswer wholeAnswer;
    private final WholeBatch wholeBatch;
    private final BatchStream batchStream;
    private final Duration keepAlive;

    ClassifyBatchController(
            BrigadeConnection connection,
            Admission admission,
            BodyMemory memory,
            BatchForm form,
            WholeAnswer wholeAnswer,
            WholeBatch wholeBatch,
            BatchStream batchStream,
            RestProperties properties) {
        this.connection = connection;
        this.admission = admission;
        this.memory = memory;
        this.form = form;
        this.wholeAnswer = wholeAnswer;
        this.wholeBatch = wholeBatch;
        this.batchStream = batchStream;
        this.keepAlive = properties.keepAlive();
    }

    @PostMapping("/api/v1/vision/classify/batch")
    void classify(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Admission.Place _ = admission.enter();
                BodyMemory.Share share = memory.share()) {
            BatchCall call = form.read(request, share);
            Function<BatchListener, BatchHandle> source =
                    listener -> {
                        BatchHandle handle = send(call, request, listener);
                        response.setHeader(RequestIdFilter.HEADER, handle.requestId());
                        // The client has the images now, or the payload store.
                        share.release();
                        return handle;
                    };
            switch (call.mode()) {
                case WAIT -> answer(call, request, response, source);
                case STREAM -> stream(call, request, response, source);
                case ASYNC -> accept(request, response, source);
            }
        }
    }

    private BatchHandle send(BatchCall call, HttpServletRequest request, BatchListener listener) {
        try {
            return connection
                    .client()
                    .classifyBatch(call.takeRequest(), CallHeaders.trace(request), listener);
        } catch (BrigadeException e) {
            throw new ApiException(call.names().told(ApiError.of(e.failure())));
        }
    }

    private void answer(
            BatchCall call,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<BatchListener, BatchHandle> source)
            throws IOException {
        if (call.images().orElse(0) > WholeBatch.MOST_IMAGES) {
            throw WholeBatch.tooMany();
        }
        try {
            BatchAnswerView answer = wholeBatch.await(source, ClientConnection.of(request));
            response.setHeader(RequestIdFilter.HEADER, answer.id());
            Json.stream(response, HttpServletResponse.SC_OK, answer);
        } catch (ApiException e) {
            throw new ApiException(call.names().told(e.error()));
        }
    }

    private void stream(
            BatchCall call,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<BatchListener, BatchHandle> source) {
        batchStream.serve(
                request, response, new BatchStream.Options(keepAlive, true, call.names()), source);
    }

    /** Whoever is told that the batch is accepted can rely on it. */
    private void accept(
            HttpServletRequest request,
            HttpServletResponse response,
            Function<BatchListener, BatchHandle> source)
            throws IOException {
        BatchHandle handle = source.apply(NOBODY);
        try {
            wholeAnswer.await(
                    Pending.of(handle).until(handle.stored()), ClientConnection.of(request));
        } finally {
            handle.detach();
        }
        AcceptedView accepted = AcceptedView.of(handle.requestId());
        response.setHeader("Location", accepted.urls().statusUrl());
        Json.answer(response, HttpServletResponse.SC_ACCEPTED, accepted);
    }
}
