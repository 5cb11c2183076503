package dev.brigade.worker.llama.engine;

import de.kherud.llama.LlamaIterator;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.TokenLimit;
import dev.brigade.worker.llama.wire.Report;
import dev.brigade.worker.llama.wire.Report.End;

/**
 * One request in the engine.
 *
 * <p>The binding gives each token's text and nothing else, so the rest is worked out here. Stop
 * strings are found here and never given to the engine, which would hide why it ended and lose text
 * that only began like a stop string. A token without text just before the end is the model's end
 * token; an end without one is the token limit, and then the count of tokens is known exactly.
 * Tokens whose bytes were an unfinished character come with the piece that completes it; {@link
 * PieceTokens} says how many it covers.
 *
 * <p>Only the thread that runs this may touch the engine's iterator: a cancel by another would
 * leave it waiting for ever.
 */
final class Generation {

    /** An unfinished character has at most three bytes, so at most three tokens. */
    private static final int MOST_UNFINISHED = 3;

    private final NativeModel model;
    private final int contextLength;
    private final int id;
    private final GenerationRequest request;
    private final Reporter reporter;
    private final StopFilter stops;
    private final long startedNanos = System.nanoTime();
    private volatile boolean cancelled;

    private int promptTokens;
    private int tokens;
    private int unreported;
    private long firstTokenMs = -1;

    Generation(
            NativeModel model,
            int contextLength,
            int id,
            GenerationRequest request,
            Reporter reporter) {
        this.model = model;
        this.contextLength = contextLength;
        this.id = id;
        this.request = request;
        this.reporter = reporter;
        this.stops = new StopFilter(request.stop());
    }

    /** Ends it at its next token; for any thread. */
    void cancel() {
        cancelled = true;
    }

    void run() {
        try {
            end(generate());
        } catch (Refusal refusal) {
            reporter.report(new Report.Failed(id, refusal.code().wireName(), refusal.reason()));
        } catch (RuntimeException e) {
            // Not its message, which may quote the prompt.
            System.err.println("request " + request.id() + ": " + e.getClass().getName());
            fail("the engine refused the request");
        }
    }

    private void fail(String message) {
        reporter.report(new Report.Failed(id, ErrorCode.ENGINE_ERROR.wireName(), message));
    }

    private End generate() throws Refusal {
        if (cancelled) {
            return End.CANCELLED;
        }
        String prompt = model.prompt(request.prompt());
        promptTokens = model.promptTokens(prompt);
        int limit = limit();
        LlamaIterator outputs = model.start(prompt, request, limit);
        boolean endToken = false;
        while (outputs.hasNext()) {
            if (cancelled) {
                outputs.cancel();
                return End.CANCELLED;
            }
            String text = outputs.next().text;
            if (!outputs.hasNext()) {
                break; // the engine's closing message has no token
            }
            endToken = text.isEmpty();
            if (piece(text)) {
                outputs.cancel();
                return End.STOP;
            }
        }
        return naturalEnd(endToken, limit);
    }

    private int limit() throws Refusal {
        if (promptTokens == 0) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "the prompt is empty");
        }
        return switch (TokenLimit.of(request, promptTokens, contextLength)) {
            case TokenLimit.Room(int most) -> most;
            case TokenLimit.Full(ErrorCode code, String message) ->
                    throw new Refusal(code, message);
        };
    }

    /** Takes the engine's next piece; true when a stop string is complete. */
    private boolean piece(String text) {
        if (firstTokenMs < 0) {
            firstTokenMs = (System.nanoTime() - startedNanos) / 1_000_000;
        }
        count(model.tokensOf(text));
        report(stops.accept(text));
        return stops.stopped();
    }

    private End naturalEnd(boolean endToken, int limit) {
        boolean atLimit = !endToken && limit - tokens <= MOST_UNFINISHED;
        if (atLimit && tokens != limit) {
            count(limit - tokens);
        }
        report(stops.rest());
        return atLimit ? End.LENGTH : End.STOP;
    }

    private void count(int more) {
        tokens += more;
        unreported += more;
    }

    private void report(String text) {
        if (!text.isEmpty()) {
            reporter.report(new Report.Piece(id, text, unreported));
            unreported = 0;
        }
    }

    private void end(End end) {
        if (unreported > 0) {
            reporter.report(new Report.Piece(id, "", unreported));
        }
        reporter.report(new Report.Done(id, end, promptTokens, tokens, firstTokenMs));
    }
}
