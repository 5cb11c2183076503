package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.reply.EpochOrder;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts one request's text together from the chunks of its attempts and from its terminal.
 *
 * <p>Invariants, whatever comes in whatever order:
 *
 * <ul>
 *   <li>What is shown only ever grows: shown text is never taken back or changed.
 *   <li>Chunks count only from the newest attempt seen so far, only those of a stage whose text is
 *       for certain the answer, and only while their numbers have no gap. Duplicates and older
 *       attempts' chunks change nothing.
 *   <li>Should another stage become the answering one, it is to the one before as a newer attempt
 *       is to an older: stages are told apart by which came into the log later, since epochs of
 *       different stages cannot be compared.
 *   <li>A newer attempt adds to what is shown only behind text that repeats all of it. One that
 *       differs, has a gap or takes its text back adds nothing more.
 *   <li>The terminal's text is the truth: the request completes exactly when what is shown is its
 *       beginning; otherwise it fails with {@code attempt_lost}.
 * </ul>
 *
 * <p>While {@link #hold history is replayed} for a reader that knows only the first characters, the
 * rest is gathered but counts as not shown, so a newer attempt may still replace it. Not safe for
 * use by many threads.
 */
final class ReplyAssembler {

    /** Plans have one answering stage; chunks of more than this many are not of a plan. */
    private static final int MAX_STAGES = 16;

    private final TextBudget budget;
    private final StringBuilder text = new StringBuilder();
    private long limit = Long.MAX_VALUE;
    private long taken;
    private final Set<String> stages = new HashSet<>();
    private @Nullable String stage;
    private @Nullable Epoch epoch;
    private int nextSeq;
    private int attemptLength;
    private boolean silent;
    private @Nullable String model;
    private @Nullable String whole;
    private @Nullable Ending ending;

    ReplyAssembler(TextBudget budget) {
        this.budget = budget;
    }

    /** Shows no more than the first {@code chars} characters until {@link #release}. */
    void hold(long chars) {
        limit = chars;
    }

    /** Shows all that was gathered, and from now on what comes. */
    void release() {
        limit = Long.MAX_VALUE;
    }

    /** Takes a chunk, in the order of the log. */
    void take(Chunk chunk) {
        if (ending != null || !ofTheAnswer(chunk) || !current(chunk)) {
            return;
        }
        if (chunk.getSeq() != nextSeq) {
            silent |= chunk.getSeq() > nextSeq;
            return;
        }
        nextSeq++;
        if (chunk.getRetracted()) {
            attemptLength = 0;
            text.setLength(shown());
        }
        if (!silent) {
            append(chunk.getText());
        }
    }

    /** Takes the terminal; only the first counts. */
    Ending end(Reply reply) {
        if (ending != null) {
            return ending;
        }
        if (reply.getModel() != null) {
            model = reply.getModel();
        }
        ending = reply.getStatus() == ReplyStatus.COMPLETED ? completed(reply) : failed(reply);
        budget.giveBack(taken);
        taken = 0;
        return ending;
    }

    /** Ends without a terminal; does nothing behind one. */
    Ending fail(Failure failure) {
        if (ending == null) {
            ending = new Ending.Failed(failure);
            budget.giveBack(taken);
            taken = 0;
        }
        return ending;
    }

    /** How it ended; null while it is open. */
    @Nullable Ending ending() {
        return ending;
    }

    /** Model of the newest attempt; null before the first chunk. */
    @Nullable String model() {
        return model;
    }

    /** Characters shown. */
    int shown() {
        return whole != null ? whole.length() : (int) Math.min(limit, text.length());
    }

    /** Shown text behind the first {@code from} characters; empty when there is none. */
    String shownFrom(long from) {
        if (from >= shown()) {
            return "";
        }
        return whole != null ? whole.substring((int) from) : text.substring((int) from, shown());
    }

    /** Whether a chunk is a piece of the answer; others are drafts and progress. */
    private static boolean ofTheAnswer(Chunk chunk) {
        return chunk.getIsFinal() && chunk.getProgress() == null;
    }

    /** Whether a chunk is of the newest attempt, which begins with it where it is newer. */
    private boolean current(Chunk chunk) {
        Epoch known = epoch;
        if (!chunk.getStage().equals(stage)) {
            return beginStage(chunk);
        }
        if (known == null || EpochOrder.OLDEST_FIRST.compare(chunk.getEpoch(), known) > 0) {
            beginAttempt(chunk);
            return true;
        }
        return EpochOrder.same(chunk.getEpoch(), known);
    }

    /** A stage that another one followed is never taken up again. */
    private boolean beginStage(Chunk chunk) {
        if (stages.size() >= MAX_STAGES || !stages.add(chunk.getStage())) {
            return false;
        }
        stage = chunk.getStage();
        beginAttempt(chunk);
        return true;
    }

    private void beginAttempt(Chunk chunk) {
        epoch = chunk.getEpoch();
        model = chunk.getModel();
        nextSeq = 0;
        attemptLength = 0;
        silent = false;
        text.setLength(shown());
    }

    private void append(String piece) {
        int repeated = Math.min(piece.length(), text.length() - attemptLength);
        boolean repeats =
                text.substring(attemptLength, attemptLength + repeated)
                        .contentEquals(piece.subSequence(0, repeated));
        if (!repeats || !fits(attemptLength + piece.length())) {
            silent = true;
            return;
        }
        text.append(piece, repeated, piece.length());
        attemptLength += piece.length();
    }

    private boolean fits(int length) {
        long more = length - taken;
        if (more > 0) {
            if (!budget.tryTake(more)) {
                return false;
            }
            taken += more;
        }
        return true;
    }

    private Ending completed(Reply reply) {
        Answer answer = Answer.of(reply);
        String shownText = text.substring(0, shown());
        if (!answer.text().startsWith(shownText)) {
            return new Ending.Failed(
                    Failure.told(
                            reply,
                            ErrorCode.ATTEMPT_LOST,
                            "the attempt that was streamed is lost, and the final text differs",
                            null,
                            true));
        }
        whole = answer.text();
        text.setLength(0);
        return new Ending.Completed(answer);
    }

    private static Ending failed(Reply reply) {
        Failure failure = Failure.of(reply);
        String original = reply.getOriginalRequestId();
        return failure.code() == ErrorCode.DUPLICATE_REQUEST && original != null
                ? new Ending.Elsewhere(original, failure)
                : new Ending.Failed(failure);
    }
}
