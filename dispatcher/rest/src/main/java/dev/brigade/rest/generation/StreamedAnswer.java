package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
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
    private final String requestId;
    private long cursor;
    private @Nullable StreamHead head;

    /**
     * @param requestId request that was sent or is followed; it may turn out to repeat another
     */
    StreamedAnswer(SseWriter output, AnswerForm form, StreamOptions options, String requestId) {
        this.output = output;
        this.form = form;
        this.options = options;
        this.requestId = requestId;
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

    /** Drafts may come before the start. */
    void stage(StageUpdate update) throws IOException {
        Object piece = form.withoutChoices(headOf(update.model()));
        send(WorkPiece.of(piece, StageView.of(update)), null);
    }

    void progress(MapProgress progress) throws IOException {
        // Many models may be at work, and none of them is the answer's.
        send(WorkPiece.of(form.withoutChoices(headOf("")), progress), null);
    }

    void finish(Answer answer) throws IOException {
        begin(answer.requestId(), answer.model());
        StreamHead known = begun();
        for (Object piece : form.ending(known, answer)) {
            send(piece, null);
        }
        if (options.includeUsage()) {
            send(form.withoutChoices(known), UsageView.of(answer));
        }
        write(DONE);
    }

    private StreamHead headOf(String model) {
        return StreamHead.of(head == null ? requestId : head.requestId(), model);
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
