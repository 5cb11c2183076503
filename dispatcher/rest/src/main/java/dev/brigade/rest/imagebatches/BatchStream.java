package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.Failure;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.calls.Pending;
import dev.brigade.rest.calls.PendingStream;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.sse.EventLoop;
import dev.brigade.rest.sse.EventQueue;
import dev.brigade.rest.sse.SseWriter;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a batch's results to its HTTP client as they come, with its progress between them. */
@Component
final class BatchStream {

    private static final String DONE = "[DONE]";

    private final PendingStream stream;

    BatchStream(PendingStream stream) {
        this.stream = stream;
    }

    /**
     * How a stream is written.
     *
     * @param firstByte silence after which it begins with a comment; until then a failure is an
     *     HTTP status
     * @param cancelOnHangUp whether the batch is cancelled when its reader goes
     * @param names the names by which its client knows the contract's fields
     */
    record Options(Duration firstByte, boolean cancelOnHangUp, FieldNames names) {}

    /**
     * Streams what the source hands to its listener, until the batch ends or the client goes.
     *
     * @param source sends or follows a batch
     * @throws ApiException for a failure before anything was written
     */
    void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            Options options,
            Function<BatchListener, BatchHandle> source) {
        try (EventQueue<BatchEvent> events = new EventQueue<>()) {
            BatchEvents listener = new BatchEvents(events);
            BatchHandle handle = source.apply(listener);
            listener.endOf(handle);
            stream.write(
                    Pending.of(handle),
                    events,
                    request,
                    response,
                    options.firstByte(),
                    options.cancelOnHangUp(),
                    output -> new Writing(output, options.names()));
        }
    }

    /** One stream. */
    private record Writing(SseWriter output, FieldNames names)
            implements EventLoop.Target<BatchEvent> {

        @Override
        public boolean write(BatchEvent event) throws IOException {
            return switch (event) {
                case BatchEvent.Progress progress -> {
                    output.event("progress", Json.text(ProgressView.of(progress.progress())));
                    yield true;
                }
                case BatchEvent.Part part -> {
                    results(part.part());
                    yield true;
                }
                case BatchEvent.Done done -> {
                    BatchAnswer answer = done.answer();
                    output.event("summary", Json.text(EndView.of(answer.reply())));
                    output.data(DONE);
                    BatchLog.ended(answer.reply());
                    yield false;
                }
                case BatchEvent.Failed failed -> {
                    fail(failed.failure());
                    yield false;
                }
            };
        }

        /** The id is how many parts the reader has then: behind them a later reader goes on. */
        private void results(ResultPart part) throws IOException {
            String items = Json.text(part.getItems().stream().map(ImageResultView::of).toList());
            output.event(part.getPart() + 1L, "results", items);
        }

        /** Of one that came to results the summary is told all the same. */
        private void fail(Failure failure) throws IOException {
            @Nullable Reply reply = failure.reply();
            if (reply != null) {
                BatchLog.ended(reply);
            }
            if (reply != null
                    && reply.getOutput() instanceof BatchSummary summary
                    && summary.getParts() > 0) {
                output.event("summary", Json.text(EndView.of(reply)));
            }
            EventLoop.fail(output, names.told(ApiError.of(failure)));
        }
    }
}
