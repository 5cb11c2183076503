package dev.brigade.client;

import dev.brigade.schema.Chunk;
import dev.brigade.schema.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being read: its text so far, its drafts and who listens. One thread reads the
 * log into it; each subscription takes from it at its own pace.
 */
final class OpenRequest implements Followed {

    private final String id;
    private final boolean streamed;
    private final ReplyAssembler assembler;
    private final Drafts drafts;
    private final Consumer<OpenRequest> onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private @Nullable Future<?> timeout;

    /**
     * @param streamed whether its chunks are read at all
     * @param onEnd called once, on the thread that ends it
     */
    OpenRequest(String id, boolean streamed, TextBudget budget, Consumer<OpenRequest> onEnd) {
        this.id = id;
        this.streamed = streamed;
        this.assembler = new ReplyAssembler(budget);
        this.drafts = new Drafts(budget);
        this.onEnd = onEnd;
    }

    @Override
    public String id() {
        return id;
    }

    /** Whether its text is gathered from the beginning. */
    boolean streamed() {
        return streamed;
    }

    /** Adds a subscription; it sees also what came before. */
    void subscribe(Subscription subscription) {
        lock.lock();
        try {
            subscriptions.add(subscription);
        } finally {
            lock.unlock();
        }
        subscription.attach(this);
    }

    /** Cancels this when the request ends. */
    void timeout(Future<?> task) {
        lock.lock();
        try {
            timeout = task;
            if (assembler.ending() != null) {
                task.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes a subscription; true when none is left. */
    boolean unsubscribe(Subscription subscription) {
        lock.lock();
        try {
            subscriptions.remove(subscription);
            return subscriptions.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Those who listen. */
    List<Subscription> subscriptions() {
        lock.lock();
        try {
            return List.copyOf(subscriptions);
        } finally {
            lock.unlock();
        }
    }

    void hold(long chars) {
        lock.lock();
        try {
            assembler.hold(chars);
            drafts.hold();
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            assembler.release();
            drafts.release();
        } finally {
            lock.unlock();
        }
        signal();
    }

    void take(Chunk chunk) {
        lock.lock();
        try {
            assembler.take(chunk);
            drafts.take(chunk);
        } finally {
            lock.unlock();
        }
        signal();
    }

    void end(Reply reply) {
        end(() -> assembler.end(reply));
    }

    @Override
    public void fail(Failure failure) {
        end(() -> assembler.fail(failure));
    }

    boolean ended() {
        return ending() != null;
    }

    @Nullable Ending ending() {
        lock.lock();
        try {
            return assembler.ending();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a subscription is to be told next.
     *
     * @param delivered characters of the answer that it has had
     * @param told what it was told of drafts; moves on with what is returned
     */
    Step next(boolean started, long delivered, Drafts.Told told) {
        lock.lock();
        try {
            Optional<Step> draft = drafts.next(told);
            if (draft.isPresent()) {
                return draft.get();
            }
            String model = assembler.model();
            Ending ending = assembler.ending();
            boolean answered = ending == null || ending instanceof Ending.Completed;
            if (!started && model != null && answered) {
                return new Step.Start(model);
            }
            String text = assembler.shownFrom(delivered);
            if (!text.isEmpty()) {
                return new Step.Text(new TextDelta(text, delivered + text.length()));
            }
            return ending == null ? Step.Wait.FOR_MORE : new Step.End(ending, assembler.shown());
        } finally {
            lock.unlock();
        }
    }

    private void end(Runnable how) {
        lock.lock();
        try {
            if (assembler.ending() != null) {
                return;
            }
            how.run();
            drafts.end();
            if (timeout != null) {
                timeout.cancel(false);
            }
        } finally {
            lock.unlock();
        }
        onEnd.accept(this);
        signal();
    }

    private void signal() {
        subscriptions().forEach(Subscription::signal);
    }

    /** What comes next for one subscription. */
    sealed interface Step {

        record Start(String model) implements Step {}

        record Text(TextDelta delta) implements Step {}

        record Draft(StageUpdate update) implements Step {}

        record Progress(MapProgress progress) implements Step {}

        /**
         * @param length characters of the answer
         */
        record End(Ending ending, long length) implements Step {}

        enum Wait implements Step {
            FOR_MORE
        }
    }
}
