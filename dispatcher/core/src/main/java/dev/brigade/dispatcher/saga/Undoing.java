package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Compensation;
import java.util.List;

/**
 * Effects outside that a failed request still has to undo, newest first and one at a time.
 *
 * @param topic that the participant reads
 * @param pending the first is being undone, in the attempt that it names; the rest wait for it
 * @param awaitsAnswer whether the first is with the participant; else its next attempt is put off
 * @param dueAtMs when the participant counts as silent, or the next attempt is made
 */
public record Undoing(
        String topic, List<Compensation> pending, boolean awaitsAnswer, long dueAtMs) {

    public Undoing {
        pending = List.copyOf(pending);
        if (pending.isEmpty()) {
            throw new IllegalArgumentException("nothing is left to be undone");
        }
    }

    Compensation first() {
        return pending.getFirst();
    }
}
