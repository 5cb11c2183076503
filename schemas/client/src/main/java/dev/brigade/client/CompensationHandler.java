package dev.brigade.client;

import dev.brigade.schema.Compensation;

/** Undoes what a completed stage of a failed request did outside, such as an order or a booking. */
@FunctionalInterface
public interface CompensationHandler {

    /**
     * Undoes one stage's effect.
     *
     * <p>It is called at least once for each attempt, and again with the same {@link
     * Compensation#getCompensationId id} and a higher {@link Compensation#getAttempt attempt} after
     * a failure or when the answer is late. So it must be idempotent: the id is the same in every
     * delivery and every attempt, and makes a good key of a table of what is undone; an effect that
     * is undone already, or that never came about, is answered with {@link Undo#done}.
     *
     * <p>A request's compensations come one by one, newest stage first.
     *
     * @return whether the effect is undone; a failure is tried again later
     * @throws Exception for a failure that is told by the exception's class
     */
    Undo undo(Compensation compensation) throws Exception;
}
