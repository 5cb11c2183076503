package dev.brigade.worker.remote;

import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A streamed answer as it comes. It is whole when the server has said why it ended; the count of
 * tokens comes behind that, and a server that then says nothing more is not waited for long.
 */
final class TextStream {

    private static final String DONE = "[DONE]";
    private static final Duration AFTERMATH = Duration.ofSeconds(2);

    private final EventLines events;
    private final TokenSink sink;
    private final int promptTokens;
    private final long beganNanos = System.nanoTime();
    private int pieces;
    private long firstTokenMs = -1;
    private String held = "";
    private Outcome.@Nullable Usage counted;
    private Outcome.@Nullable Reason reason;

    /**
     * @param promptTokens about as many as the prompt has
     */
    TextStream(EventLines events, TokenSink sink, int promptTokens) {
        this.events = events;
        this.sink = sink;
        this.promptTokens = promptTokens;
    }

    /** Hands over all text to its end. */
    Outcome read(CallTime time) throws CallFailure, CallCancelled, InterruptedException {
        while (true) {
            Optional<String> event = next(time);
            if (event.isEmpty() || event.get().equals(DONE)) {
                return end();
            }
            JsonNode piece =
                    Json.read(event.get())
                            .filter(JsonNode::isObject)
                            .orElseThrow(() -> CallFailure.malformed("with what is no JSON"));
            if (piece.hasNonNull("error")) {
                throw ServerError.inStream(piece);
            }
            count(piece.path("usage"));
            if (!take(piece.path("choices").path(0))) {
                return new Outcome.Cancelled(usage());
            }
        }
    }

    /** Whether the count of tokens is the server's own. */
    boolean isCounted() {
        return counted != null;
    }

    /** As far as it came. */
    Outcome.Usage usage() {
        return counted == null
                ? new Outcome.Usage(promptTokens, pieces, firstTokenMs)
                : new Outcome.Usage(
                        counted.promptTokens(), counted.completionTokens(), firstTokenMs);
    }

    private Optional<String> next(CallTime time)
            throws CallFailure, CallCancelled, InterruptedException {
        if (reason == null) {
            return events.next(time);
        }
        try {
            return events.next(time.withSilence(AFTERMATH));
        } catch (CallFailure e) {
            return Optional.empty(); // the text is there
        }
    }

    private Outcome end() throws CallFailure {
        if (reason == null) {
            throw CallFailure.broken("ended its answer without a finish_reason");
        }
        return new Outcome.Finished(reason, usage());
    }

    private void count(JsonNode usage) {
        JsonNode prompt = usage.path("prompt_tokens");
        JsonNode completion = usage.path("completion_tokens");
        if (prompt.isInt() && prompt.intValue() >= 0) {
            int tokens = completion.isInt() ? Math.max(0, completion.intValue()) : pieces;
            counted = new Outcome.Usage(prompt.intValue(), tokens, firstTokenMs);
        }
    }

    /** Whether to go on. */
    private boolean take(JsonNode choice) throws CallFailure {
        String text =
                choice.path("delta").path("content").asString("")
                        + choice.path("text").asString("");
        JsonNode finish = choice.path("finish_reason");
        boolean last = finish.isString() && !finish.stringValue().isEmpty();
        boolean something = !text.isEmpty() || (last && !held.isEmpty());
        boolean more = !something || pass(text, last);
        if (last) {
            reason = reason(finish.stringValue());
        }
        return more;
    }

    /** Holds half a character back until its other half comes. */
    private boolean pass(String text, boolean last) {
        String all = held + text;
        int end = all.length();
        if (!last && end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
            end--;
        }
        held = all.substring(end);
        if (firstTokenMs < 0) {
            firstTokenMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        }
        pieces++;
        return sink.accept(all.substring(0, end), 1);
    }

    private static Outcome.Reason reason(String finish) throws CallFailure {
        return switch (finish) {
            case "stop", "eos", "eos_token", "stop_sequence" -> Outcome.Reason.STOP;
            case "length", "max_tokens" -> Outcome.Reason.LENGTH;
            case "content_filter" ->
                    throw CallFailure.malformed("with a text that its content filter cut off");
            default -> throw CallFailure.malformed("with what is no text");
        };
    }
}
