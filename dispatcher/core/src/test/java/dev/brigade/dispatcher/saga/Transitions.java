package dev.brigade.dispatcher.saga;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every edge that a single-stage request may take, as data: where it stands, what happens, where it
 * then stands. "late" is any event of an open request at or past its deadline.
 */
public final class Transitions {

    private static final String TABLE =
            """
            UNSEEN   RequestArrived    -> CLAIMING WAITING CLOSED
            UNSEEN   Unusable          -> CLOSED
            UNSEEN   CancelArrived     -> UNSEEN
            UNSEEN   ClaimGranted      -> UNSEEN
            UNSEEN   ClaimRefused      -> UNSEEN
            UNSEEN   JobReleased       -> UNSEEN
            UNSEEN   JobRefused        -> UNSEEN
            UNSEEN   AttemptStarted    -> UNSEEN
            UNSEEN   AttemptProgressed -> UNSEEN
            UNSEEN   AttemptFinished   -> UNSEEN
            UNSEEN   AttemptFailed     -> UNSEEN
            UNSEEN   TimerFired        -> UNSEEN

            CLAIMING RequestArrived    -> CLAIMING
            CLAIMING Unusable          -> CLAIMING
            CLAIMING CancelArrived     -> CLOSED
            CLAIMING ClaimGranted      -> WAITING
            CLAIMING ClaimRefused      -> WAITING CLOSED
            CLAIMING TimerFired        -> CLAIMING
            CLAIMING late              -> CLOSED

            WAITING  RequestArrived    -> WAITING
            WAITING  Unusable          -> WAITING
            WAITING  CancelArrived     -> CLOSED
            WAITING  ClaimGranted      -> WAITING
            WAITING  ClaimRefused      -> WAITING
            WAITING  JobReleased       -> WAITING RELEASED
            WAITING  JobRefused        -> WAITING CLOSED
            WAITING  AttemptStarted    -> WAITING RUNNING
            WAITING  AttemptProgressed -> WAITING RUNNING
            WAITING  AttemptFinished   -> WAITING CLOSED
            WAITING  AttemptFailed     -> WAITING CLOSED
            WAITING  TimerFired        -> WAITING
            WAITING  late              -> CLOSED

            RELEASED RequestArrived    -> RELEASED
            RELEASED Unusable          -> RELEASED
            RELEASED CancelArrived     -> CLOSED
            RELEASED ClaimGranted      -> RELEASED
            RELEASED ClaimRefused      -> RELEASED
            RELEASED JobReleased       -> RELEASED
            RELEASED JobRefused        -> RELEASED
            RELEASED AttemptStarted    -> RELEASED RUNNING
            RELEASED AttemptProgressed -> RELEASED RUNNING
            RELEASED AttemptFinished   -> RELEASED CLOSED
            RELEASED AttemptFailed     -> RELEASED WAITING CLOSED
            RELEASED TimerFired        -> RELEASED WAITING CLOSED
            RELEASED late              -> CLOSED

            RUNNING  RequestArrived    -> RUNNING
            RUNNING  Unusable          -> RUNNING
            RUNNING  CancelArrived     -> CLOSED
            RUNNING  ClaimGranted      -> RUNNING
            RUNNING  ClaimRefused      -> RUNNING
            RUNNING  JobReleased       -> RUNNING
            RUNNING  JobRefused        -> RUNNING
            RUNNING  AttemptStarted    -> RUNNING CLOSED
            RUNNING  AttemptProgressed -> RUNNING CLOSED
            RUNNING  AttemptFinished   -> RUNNING CLOSED
            RUNNING  AttemptFailed     -> RUNNING WAITING CLOSED
            RUNNING  TimerFired        -> RUNNING WAITING CLOSED
            RUNNING  late              -> CLOSED

            CLOSED   RequestArrived    -> CLOSED
            CLOSED   Unusable          -> CLOSED
            CLOSED   CancelArrived     -> CLOSED
            CLOSED   ClaimGranted      -> CLOSED
            CLOSED   ClaimRefused      -> CLOSED
            CLOSED   JobReleased       -> CLOSED
            CLOSED   JobRefused        -> CLOSED
            CLOSED   AttemptStarted    -> CLOSED
            CLOSED   AttemptProgressed -> CLOSED
            CLOSED   AttemptFinished   -> CLOSED
            CLOSED   AttemptFailed     -> CLOSED
            CLOSED   TimerFired        -> CLOSED UNSEEN
            """;

    private Transitions() {}

    /** Each edge as "FROM event TO". */
    public static Set<String> edges() {
        var edges = new TreeSet<String>();
        TABLE.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.trim().split("\\s+"))
                .forEach(words ->
                        Arrays.stream(words)
                                .skip(3)
                                .forEach(to -> edges.add(words[0] + " " + words[1] + " " + to)));
        return edges;
    }

    /** Edges that were taken. */
    public static final class Visits {

        private final Set<String> taken = new TreeSet<>();

        public void note(Lifecycle from, Event event, long nowMs, Lifecycle to) {
            boolean late =
                    from instanceof Lifecycle.Open open
                            && nowMs >= open.state().request().deadlineAtMs()
                            && !(event instanceof Event.Unusable);
            String what = late ? "late" : event.getClass().getSimpleName();
            taken.add(place(from) + " " + what + " " + place(to));
        }

        public Set<String> taken() {
            return Collections.unmodifiableSet(taken);
        }

        private static String place(Lifecycle life) {
            return switch (life) {
                case Lifecycle.Unseen _ -> "UNSEEN";
                case Lifecycle.Closed _ -> "CLOSED";
                case Lifecycle.Open open ->
                        open.state().phase() == RequestState.Phase.CLAIMING
                                ? "CLAIMING"
                                : open.state().stages().getLast().status().name();
            };
        }
    }
}
