package dev.brigade.dispatcher.saga;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every edge that a request, one of its stages and its plan may take, as data: where it stands,
 * what happens, where it may then stand. {@link Visits} says what the words mean.
 */
public final class Transitions {

    /** Where a request stands. */
    private static final String REQUEST =
            """
            UNSEEN   RequestArrived       -> CLAIMING WORKING CLOSED
            UNSEEN   Unusable             -> CLOSED
            UNSEEN   CancelArrived        -> UNSEEN
            UNSEEN   ClaimGranted         -> UNSEEN
            UNSEEN   ClaimRefused         -> UNSEEN
            UNSEEN   JobReleased          -> UNSEEN
            UNSEEN   JobRefused           -> UNSEEN
            UNSEEN   AttemptStarted       -> UNSEEN
            UNSEEN   AttemptProgressed    -> UNSEEN
            UNSEEN   AttemptFinished      -> UNSEEN
            UNSEEN   AttemptFailed        -> UNSEEN
            UNSEEN   CompensationAnswered -> UNSEEN
            UNSEEN   TimerFired           -> UNSEEN

            CLAIMING RequestArrived       -> CLAIMING
            CLAIMING Unusable             -> CLAIMING
            CLAIMING CancelArrived        -> CLOSED
            CLAIMING ClaimGranted         -> WORKING CLOSED
            CLAIMING ClaimRefused         -> WORKING CLOSED
            CLAIMING CompensationAnswered -> CLAIMING
            CLAIMING TimerFired           -> CLAIMING
            CLAIMING late                 -> CLOSED

            WORKING  RequestArrived       -> WORKING
            WORKING  Unusable             -> WORKING
            WORKING  CancelArrived        -> UNDOING CLOSED
            WORKING  ClaimGranted         -> WORKING
            WORKING  ClaimRefused         -> WORKING
            WORKING  JobReleased          -> WORKING
            WORKING  JobRefused           -> WORKING UNDOING CLOSED
            WORKING  AttemptStarted       -> WORKING UNDOING CLOSED
            WORKING  AttemptProgressed    -> WORKING UNDOING CLOSED
            WORKING  AttemptFinished      -> WORKING UNDOING CLOSED
            WORKING  AttemptFailed        -> WORKING UNDOING CLOSED
            WORKING  CompensationAnswered -> WORKING
            WORKING  TimerFired           -> WORKING UNDOING CLOSED
            WORKING  late                 -> UNDOING CLOSED

            UNDOING  RequestArrived       -> UNDOING
            UNDOING  Unusable             -> UNDOING
            UNDOING  CancelArrived        -> UNDOING
            UNDOING  ClaimGranted         -> UNDOING
            UNDOING  ClaimRefused         -> UNDOING
            UNDOING  JobReleased          -> UNDOING
            UNDOING  JobRefused           -> UNDOING
            UNDOING  AttemptStarted       -> UNDOING
            UNDOING  AttemptProgressed    -> UNDOING
            UNDOING  AttemptFinished      -> UNDOING
            UNDOING  AttemptFailed        -> UNDOING
            UNDOING  CompensationAnswered -> UNDOING PAUSING CLOSED
            UNDOING  TimerFired           -> UNDOING PAUSING CLOSED

            PAUSING  RequestArrived       -> PAUSING
            PAUSING  Unusable             -> PAUSING
            PAUSING  CancelArrived        -> PAUSING
            PAUSING  ClaimGranted         -> PAUSING
            PAUSING  ClaimRefused         -> PAUSING
            PAUSING  JobReleased          -> PAUSING
            PAUSING  JobRefused           -> PAUSING
            PAUSING  AttemptStarted       -> PAUSING
            PAUSING  AttemptProgressed    -> PAUSING
            PAUSING  AttemptFinished      -> PAUSING
            PAUSING  AttemptFailed        -> PAUSING
            PAUSING  CompensationAnswered -> UNDOING PAUSING CLOSED
            PAUSING  TimerFired           -> UNDOING PAUSING

            CLOSED   RequestArrived       -> CLOSED
            CLOSED   Unusable             -> CLOSED
            CLOSED   CancelArrived        -> CLOSED
            CLOSED   ClaimGranted         -> CLOSED
            CLOSED   ClaimRefused         -> CLOSED
            CLOSED   JobReleased          -> CLOSED
            CLOSED   JobRefused           -> CLOSED
            CLOSED   AttemptStarted       -> CLOSED
            CLOSED   AttemptProgressed    -> CLOSED
            CLOSED   AttemptFinished      -> CLOSED
            CLOSED   AttemptFailed        -> CLOSED
            CLOSED   CompensationAnswered -> CLOSED
            CLOSED   TimerFired           -> UNSEEN CLOSED
            """;

    /** Where one stage stands. */
    private static final String STAGE =
            """
            NONE     ClaimGranted         -> WAITING DONE FAILED
            NONE     ClaimRefused         -> WAITING
            NONE     JobRefused           -> WAITING FAILED
            NONE     AttemptStarted       -> WAITING
            NONE     AttemptProgressed    -> WAITING
            NONE     AttemptFinished      -> WAITING FAILED
            NONE     AttemptFailed        -> WAITING FAILED
            NONE     TimerFired           -> WAITING FAILED

            WAITING  JobReleased          -> WAITING RELEASED
            WAITING  JobRefused           -> WAITING HELD FAILED OVER
            WAITING  AttemptStarted       -> WAITING RUNNING
            WAITING  AttemptProgressed    -> WAITING RUNNING
            WAITING  AttemptFinished      -> WAITING DONE FAILED GONE OVER
            WAITING  AttemptFailed        -> WAITING FAILED GONE OVER
            WAITING  TimerFired           -> WAITING FAILED OVER
            WAITING  late                 -> OVER
            WAITING  beside               -> OVER

            HELD     JobReleased          -> RELEASED
            HELD     JobRefused           -> HELD
            HELD     AttemptStarted       -> RUNNING
            HELD     AttemptProgressed    -> RUNNING
            HELD     AttemptFinished      -> GONE OVER
            HELD     AttemptFailed        -> WAITING GONE OVER
            HELD     TimerFired           -> WAITING HELD
            HELD     late                 -> OVER
            HELD     beside               -> OVER

            RELEASED JobReleased          -> RELEASED
            RELEASED JobRefused           -> RELEASED
            RELEASED AttemptStarted       -> RELEASED RUNNING
            RELEASED AttemptProgressed    -> RELEASED RUNNING
            RELEASED AttemptFinished      -> RELEASED DONE GONE OVER
            RELEASED AttemptFailed        -> WAITING RELEASED FAILED GONE OVER
            RELEASED TimerFired           -> WAITING RELEASED FAILED GONE OVER
            RELEASED late                 -> OVER
            RELEASED beside               -> OVER

            RUNNING  JobReleased          -> RUNNING
            RUNNING  JobRefused           -> RUNNING
            RUNNING  AttemptStarted       -> RUNNING FAILED GONE OVER
            RUNNING  AttemptProgressed    -> RUNNING FAILED GONE OVER
            RUNNING  AttemptFinished      -> RUNNING DONE GONE OVER
            RUNNING  AttemptFailed        -> WAITING RUNNING FAILED GONE OVER
            RUNNING  TimerFired           -> WAITING RUNNING FAILED GONE OVER
            RUNNING  late                 -> OVER
            RUNNING  beside               -> OVER

            DONE     JobReleased          -> DONE
            DONE     JobRefused           -> DONE
            DONE     AttemptStarted       -> DONE
            DONE     AttemptProgressed    -> DONE
            DONE     AttemptFinished      -> DONE
            DONE     AttemptFailed        -> DONE
            DONE     TimerFired           -> DONE
            DONE     late                 -> DONE

            FAILED   JobReleased          -> FAILED
            FAILED   JobRefused           -> FAILED
            FAILED   AttemptStarted       -> FAILED
            FAILED   AttemptProgressed    -> FAILED
            FAILED   AttemptFinished      -> FAILED
            FAILED   AttemptFailed        -> FAILED
            FAILED   TimerFired           -> FAILED
            FAILED   late                 -> FAILED
            """;

    /** What a plan does when a stage has ended. */
    private static final String PLAN =
            """
            single   begin                -> answer ends-REJECTED
            single   answer:done          -> answers-by-answer
            single   answer:lost          -> ends-FAILED ends-REJECTED

            critique begin                -> draft ends-REJECTED
            critique critique:done        -> answers-by-draft answers-by-revise revise
            critique critique:lost        -> answers-by-draft answers-by-revise
            critique draft:done           -> critique
            critique draft:lost           -> ends-FAILED ends-REJECTED
            critique revise:done          -> answers-by-revise critique
            critique revise:lost          -> answers-by-draft answers-by-revise

            debate   begin                -> answer ends-REJECTED
            debate   answer:done          -> answer answer+reconcile answers-by-answer embed reconcile waits
            debate   answer:lost          -> answer answer+reconcile answers-by-answer embed ends-FAILED ends-REJECTED reconcile waits
            debate   embed:done           -> answer answer+reconcile answers-by-answer reconcile
            debate   embed:lost           -> answer answer+reconcile answers-by-answer reconcile
            debate   reconcile:done       -> answers-by-reconcile
            debate   reconcile:lost       -> answers-by-answer

            ensemble begin                -> answer ends-REJECTED sample
            ensemble answer:done          -> answers-by-answer embed synthesise waits
            ensemble answer:lost          -> answers-by-answer embed ends-FAILED ends-REJECTED synthesise waits
            ensemble sample:done          -> answers-by-sample embed synthesise waits
            ensemble sample:lost          -> answers-by-sample embed ends-FAILED ends-REJECTED synthesise waits
            ensemble embed:done           -> answers-by-answer answers-by-sample synthesise
            ensemble embed:lost           -> answers-by-answer answers-by-sample synthesise
            ensemble synthesise:done      -> answers-by-synthesise
            ensemble synthesise:lost      -> answers-by-answer answers-by-sample

            pipeline begin                -> draft draft(resumed)+refine draft(resumed)+refine(resumed)+validate draft(resumed)+refine(resumed)+validate(resumed)+refine ends-REJECTED
            pipeline draft:done           -> refine
            pipeline draft:lost           -> ends-FAILED ends-REJECTED
            pipeline refine:done          -> answers-by-refine refine validate
            pipeline refine:lost          -> ends-FAILED ends-REJECTED
            pipeline validate:done        -> answers-by-refine refine
            pipeline validate:lost        -> ends-FAILED ends-REJECTED

            map      begin                -> ends-REJECTED item
            map      item:done            -> answers-by-map item waits
            map      item:lost            -> answers-by-map ends-FAILED ends-REJECTED item waits

            batch    begin                -> ends-FAILED ends-REJECTED list part
            batch    list:done            -> part
            batch    list:lost            -> ends-FAILED
            batch    part:over            -> part waits
            batch    batch:done           -> answers-by-batch
            """;

    private Transitions() {}

    /** Each edge as {@link Visits} notes it. */
    public static Set<String> edges() {
        var edges = new TreeSet<String>();
        add(edges, "", REQUEST);
        add(edges, "stage ", STAGE);
        add(edges, "", PLAN);
        return Collections.unmodifiableSet(edges);
    }

    private static void add(Set<String> edges, String prefix, String table) {
        table.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.trim().split("\\s+"))
                .forEach(words ->
                        Arrays.stream(words)
                                .skip(3)
                                .forEach(to ->
                                        edges.add(prefix + words[0] + " " + words[1] + " " + to)));
    }
}
