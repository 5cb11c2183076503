package dev.brigade.dispatcher.app.topology;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Rings once, at the earliest time asked for. A repeating punctuator would make Kafka Streams
 * commit a transaction each time, hundreds in a minute with nothing to do.
 */
final class Alarm {

    private final ProcessorContext<?, ?> context;
    private final Punctuator onRing;
    private @Nullable Cancellable armed;
    private long atMs;

    Alarm(ProcessorContext<?, ?> context, Punctuator onRing) {
        this.context = context;
        this.onRing = onRing;
    }

    /** Rings at this time, unless it is to ring earlier anyway. */
    void at(long timeMs) {
        if (armed != null && atMs <= timeMs) {
            return;
        }
        silence();
        long waitMs = Math.max(1, timeMs - context.currentSystemTimeMs());
        atMs = timeMs;
        armed =
                context.schedule(
                        Duration.ofMillis(waitMs), PunctuationType.WALL_CLOCK_TIME, this::ring);
    }

    private void ring(long nowMs) {
        silence();
        onRing.punctuate(nowMs);
    }

    private void silence() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
    }
}
