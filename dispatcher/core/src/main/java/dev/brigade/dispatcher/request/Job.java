package dev.brigade.dispatcher.request;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One model call, for whichever worker of the model takes it.
 *
 * @param id {@code request/stage/dispatch}: the same for every delivery, another for every dispatch
 * @param dispatch number of the dispatch, from 1
 * @param deadlineAtMs the call's share of the request's time, by the dispatcher's clock, epoch
 *     milliseconds
 * @param isFinal whether this call's text is for certain the answer
 * @param pin whether the request will likely need the same model again: the worker keeps it loaded
 * @param sagaTokens most tokens, of prompt and completion, that the call may use of the request's
 *     budget; empty where it has none
 */
public record Job(
        String id,
        String requestId,
        String stage,
        int dispatch,
        String model,
        String tenant,
        Priority priority,
        Input input,
        Sampling sampling,
        long deadlineAtMs,
        int homePartition,
        int replyPartition,
        boolean stream,
        Optional<String> traceparent,
        boolean isFinal,
        boolean pin,
        OptionalInt sagaTokens) {

    public Job {
        if (dispatch < 1) {
            throw new IllegalArgumentException("dispatch must be at least 1, was " + dispatch);
        }
    }

    public static String idOf(String requestId, String stage, int dispatch) {
        return requestId + "/" + stage + "/" + dispatch;
    }
}
