package dev.brigade.worker.djl.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.folder.FolderFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Cuts texts into tokens, as {@code tokenizer.json} says, but never cuts them off: a text that is
 * too long is refused. Thread-safe; native code must not read on while its memory is freed, which
 * is what the lock is for.
 */
final class Tokenizer implements AutoCloseable {

    /**
     * A text with more characters than this for each token that it may have is refused unread: no
     * tokenizer makes so few tokens of it, and reading it would take its memory many times over.
     */
    private static final int LONGEST_TOKEN = 64;

    private final HuggingFaceTokenizer tokenizer;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private final int longest;
    private boolean closed;
    private final long[] begin;
    private final long[] end;

    private Tokenizer(HuggingFaceTokenizer tokenizer, int longest) {
        this.tokenizer = tokenizer;
        this.longest = longest;
        long[] bare = tokenizer.encode("a", false, false).getIds();
        long[] whole = tokenizer.encode("a", true, false).getIds();
        int from = Math.max(0, find(bare, whole));
        this.begin = Arrays.copyOfRange(whole, 0, from);
        this.end =
                Arrays.copyOfRange(whole, Math.min(whole.length, from + bare.length), whole.length);
    }

    /**
     * Reads a tokenizer.
     *
     * @param longest most tokens of a text
     */
    static Tokenizer open(Path file, int longest) {
        try {
            return new Tokenizer(
                    HuggingFaceTokenizer.builder()
                            .optTokenizerPath(file)
                            .optTruncation(false)
                            .optPadding(false)
                            .build(),
                    longest);
        } catch (IOException | RuntimeException e) {
            throw new FolderFault(
                    "%s is no tokenizer that can be read: %s"
                            .formatted(file.getFileName(), e.getMessage()),
                    e);
        }
    }

    /** Most tokens of a text. */
    int longest() {
        return longest;
    }

    /**
     * The tokens of a text.
     *
     * @param what what to call it when it is too long
     */
    Result<TokenText> read(String text, String what) {
        if (text.length() > (long) longest * LONGEST_TOKEN) {
            return tooLong("%s has %d characters".formatted(what, text.length()));
        }
        return whileOpen(() -> fitting(tokenizer.encode(scalars(text), true, false), what));
    }

    /** The tokens of two texts that the model reads together. */
    Result<TokenText> readPair(String text, String other, String what) {
        long characters = (long) text.length() + other.length();
        if (characters > (long) longest * LONGEST_TOKEN) {
            return tooLong("%s has %d characters".formatted(what, characters));
        }
        return whileOpen(
                () -> fitting(tokenizer.encode(scalars(text), scalars(other), true, false), what));
    }

    /**
     * A text that comes as tokens, with those before and after it that every text has, unless it
     * has them already.
     *
     * @param prompt text before it, often empty
     * @param vocabulary number of tokens that the model knows
     */
    Result<TokenText> take(int[] tokens, String prompt, int vocabulary, String what) {
        long[] ids = Arrays.stream(tokens).asLongStream().toArray();
        if (ids.length == 0) {
            return Result.failed(ErrorCode.INVALID_REQUEST, what + " has no tokens");
        }
        if (LongStream.of(ids).anyMatch(id -> id < 0 || id >= vocabulary)) {
            return Result.failed(
                    ErrorCode.INVALID_REQUEST,
                    "%s has a token outside 0 to %d".formatted(what, vocabulary - 1));
        }
        return whileOpen(() -> framed(ids, prompt, what));
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            closed = true;
            tokenizer.close();
        } finally {
            open.writeLock().unlock();
        }
    }

    private Result<TokenText> whileOpen(Supplier<Result<TokenText>> reading) {
        open.readLock().lock();
        try {
            return closed
                    ? Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded")
                    : reading.get();
        } finally {
            open.readLock().unlock();
        }
    }

    private Result<TokenText> framed(long[] ids, String prompt, String what) {
        boolean hasFrame = startsWith(ids, begin) && endsWith(ids, end);
        long[] whole = ids;
        if (!prompt.isEmpty()) {
            whole = joined(tokenizer.encode(scalars(prompt), false, false).getIds(), ids);
        }
        if (!prompt.isEmpty() || !hasFrame) {
            whole = joined(begin, joined(whole, end));
        }
        return whole.length > longest
                ? tooMany(whole.length, what)
                : Result.done(TokenText.of(whole));
    }

    private Result<TokenText> fitting(Encoding encoding, String what) {
        long[] ids = encoding.getIds();
        if (ids.length > longest) {
            return tooMany(ids.length, what);
        }
        return ids.length == 0
                ? Result.failed(ErrorCode.INVALID_REQUEST, what + " is empty")
                : Result.done(new TokenText(ids, encoding.getTypeIds()));
    }

    private Result<TokenText> tooMany(int tokens, String what) {
        return tooLong("%s has %d tokens".formatted(what, tokens));
    }

    private Result<TokenText> tooLong(String fact) {
        return Result.failed(
                ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                "%s; this model takes at most %d tokens".formatted(fact, longest));
    }

    /**
     * Half characters, which no text should have, become question marks; native code never sees
     * them.
     */
    private static String scalars(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static int find(long[] part, long[] whole) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(long[] whole, long[] part) {
        return whole.length >= part.length
                && Arrays.equals(whole, 0, part.length, part, 0, part.length);
    }

    private static boolean endsWith(long[] whole, long[] part) {
        int from = whole.length - part.length;
        return from >= 0 && Arrays.equals(whole, from, whole.length, part, 0, part.length);
    }

    private static long[] joined(long[] one, long[] other) {
        return LongStream.concat(LongStream.of(one), LongStream.of(other)).toArray();
    }
}
