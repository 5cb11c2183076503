package dev.brigade.dispatcher.app.topology;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit as soon as a thread has nothing more to do. Kafka Streams itself commits at an
 * interval: a short one makes transactions of few records when there is much to do, and then most
 * of the time goes into commits; a long one makes every hop wait when there is little.
 *
 * <p>So the interval is long, and this asks for a commit in between: at once for the first records
 * of a moment, and for those that follow when for a while no record has come. Each processor has
 * one of these; what a thread last did is common to all of its processors, since a commit is one of
 * the whole thread.
 */
final class Commits {

    /** Records in a moment that are committed each at once; what comes beyond is taken for load. */
    private static final int AT_ONCE = 3;

    private static final long MOMENT_MS = 50;

    /** The longer there has been work without a pause, the more seldom a pause is looked for. */
    private static final long FIRST_LOOK_MS = 1;

    private static final long MOST_LOOK_MS = 8;

    private final ProcessorContext<?, ?> context;
    private final Work work;
    private final Alarm alarm;

    /** Until the next look, or 0 when there is nothing to look for. */
    private long lookMs;

    private long seen;

    Commits(ProcessorContext<?, ?> context, WorkOfThreads threads) {
        this.context = context;
        work = threads.ofThisThread();
        alarm = new Alarm(context, this::look);
    }

    /** To be told at each record, before or behind the work. */
    void worked() {
        work.records++;
        if (work.isFew(context.currentSystemTimeMs())) {
            context.commit();
        } else if (lookMs == 0) {
            lookIn(FIRST_LOOK_MS);
        }
    }

    private void look(long nowMs) {
        if (work.records == seen) {
            lookMs = 0;
            context.commit();
        } else {
            lookIn(Math.min(2 * lookMs, MOST_LOOK_MS));
        }
    }

    private void lookIn(long waitMs) {
        lookMs = waitMs;
        seen = work.records;
        alarm.at(context.currentSystemTimeMs() + waitMs);
    }

    /** What each thread last did; one for the whole application. */
    static final class WorkOfThreads {

        private final ThreadLocal<Work> works = ThreadLocal.withInitial(Work::new);

        private Work ofThisThread() {
            return works.get();
        }
    }

    /** What one thread last did. */
    private static final class Work {

        private long records;
        private long momentMs;
        private int atOnce;

        private boolean isFew(long nowMs) {
            if (nowMs - momentMs >= MOMENT_MS) {
                momentMs = nowMs;
                atOnce = 0;
            }
            return atOnce++ < AT_ONCE;
        }
    }
}
