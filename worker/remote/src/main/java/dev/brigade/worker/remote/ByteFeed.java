package dev.brigade.worker.remote;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response's body, taken piece by piece on another thread than the one it comes from.
 *
 * <p>The next piece is asked for when one is taken, so that at most one waits here; a reader that
 * is behind holds up the server. Stopping it wakes the reader and closes the connection.
 */
final class ByteFeed implements BodySubscriber<ByteFeed> {

    /** What comes next. */
    sealed interface Item {
        record Bytes(List<ByteBuffer> buffers) implements Item {}

        record End() implements Item {}

        record Broken() implements Item {}

        record Stopped() implements Item {}
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private @Nullable Subscription subscription;
    private boolean stopped;

    @Override
    public CompletionStage<ByteFeed> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        synchronized (this) {
            if (!stopped && subscription == null) {
                subscription = given;
                given.request(1);
                return;
            }
        }
        given.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        items.add(new Item.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item.Broken());
    }

    @Override
    public void onComplete() {
        items.add(new Item.End());
    }

    /** The next item; null when none came in time. */
    @Nullable Item next(long timeoutNanos) throws InterruptedException {
        Item item = items.poll(timeoutNanos, TimeUnit.NANOSECONDS);
        if (item instanceof Item.Bytes) {
            synchronized (this) {
                if (!stopped && subscription != null) {
                    subscription.request(1);
                }
            }
        }
        return item;
    }

    /** Ends it, from any thread. */
    void stop() {
        Subscription running;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            running = subscription;
        }
        items.add(new Item.Stopped());
        if (running != null) {
            running.cancel();
        }
    }
}
