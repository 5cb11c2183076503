package dev.brigade.rest.generation;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.StreamListener;
import dev.brigade.rest.calls.AnswerLog;
import dev.brigade.rest.calls.Pending;
import dev.brigade.rest.calls.PendingStream;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.generation.StreamEvent.Done;
import dev.brigade.rest.generation.StreamEvent.Failed;
import dev.brigade.rest.generation.StreamEvent.Progress;
import dev.brigade.rest.generation.StreamEvent.Stage;
import dev.brigade.rest.generation.StreamEvent.Started;
import dev.brigade.rest.generation.StreamEvent.Text;
import dev.brigade.rest.http.RequestIdFilter;
import dev.brigade.rest.sse.EventLoop;
import dev.brigade.rest.sse.EventQueue;
import dev.brigade.rest.sse.SseWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Writes a request's text to its HTTP client as it is generated. */
@Component
public final class LiveStream {

    private final PendingStream stream;

    LiveStream(PendingStream stream) {
        this.stream = stream;
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
        try (EventQueue<StreamEvent> events = new EventQueue<>()) {
            StreamHandle handle = source.apply(new Handover(events));
            stream.write(
                    Pending.of(handle),
                    events,
                    request,
                    response,
                    options.firstByte(),
                    options.cancelOnHangUp(),
                    output -> writing(response, output, form, options, handle.requestId()));
        }
    }

    private static Writing writing(
            HttpServletResponse response,
            SseWriter output,
            AnswerForm form,
            StreamOptions options,
            String requestId) {
        return new Writing(response, output, new StreamedAnswer(output, form, options, requestId));
    }

    /** One stream. */
    private record Writing(HttpServletResponse response, SseWriter output, StreamedAnswer answer)
            implements EventLoop.Target<StreamEvent> {

        @Override
        public boolean write(StreamEvent event) throws IOException {
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
                    EventLoop.fail(output, ApiError.of(failed.failure()));
                    yield false;
                }
            };
        }
    }
}
