package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.rest.http.Json;
import dev.brigade.rest.sse.SseWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the events of one request as the pieces of its answer's form. For one thread. */
final class StreamedAnswer {

    private static final String DONE = "[DONE]";

    private final SseWriter output;
    private final AnswerForm form;
    private final StreamOptions options;
    private long cursor;
    private @Nullable StreamHead head;

    StreamedAnswer(SseWriter output, AnswerForm form, StreamOptions options) {
        this.output = output;
        this.form = form;
        this.options = options;
        this.cursor = options.startingAfter();
    }

    /** Work has begun; does nothing the second time. */
    void begin(String requestId, String model) throws IOException {
        if (head != null) {
            return;
        }
        StreamHead opened = StreamHead.of(requestId, model);
        head = opened;
        Optional<Object> opening = cursor == 0 ? form.opening(opened) : Optional.empty();
        if (opening.isPresent()) {
            send(opening.get(), null);
        }
    }

    void text(String text, long newCursor) throws IOException {
        StreamHead known = begun();
        cursor = newCursor;
        send(form.text(known, text), null);
    }

    void finish(Answer answer) throws IOException {
        begin(answer.requestId(), answer.model());
        StreamHead known = begun();
        send(form.ending(known, answer), null);
        if (options.includeUsage()) {
            send(form.usage(known, answer), UsageView.of(answer));
        }
        write(DONE);
    }

    private StreamHead begun() {
        if (head == null) {
            throw new IllegalStateException("text came before the start");
        }
        return head;
    }

    private void send(Object piece, @Nullable UsageView usage) throws IOException {
        write(Json.text(options.includeUsage() ? new PieceWithUsage(piece, usage) : piece));
    }

    private void write(String data) throws IOException {
        if (options.withIds()) {
            output.data(cursor, data);
        } else {
            output.data(data);
        }
    }
}
