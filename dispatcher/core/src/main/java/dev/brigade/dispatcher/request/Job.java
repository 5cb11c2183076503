package dev.brigade.dispatcher.request;

import java.util.Optional;

/**
 * One model call, for whichever worker of the model takes it.
 *
 * @param id {@code request/stage/dispatch}: the same for every delivery, another for every dispatch
 * @param dispatch number of the dispatch, from 1
 * @param deadlineAtMs by the dispatcher's clock, epoch milliseconds
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
        Optional<String> traceparent) {

    public Job {
        if (dispatch < 1) {
            throw new IllegalArgumentException("dispatch must be at least 1, was " + dispatch);
        }
    }

    public static String idOf(String requestId, String stage, int dispatch) {
        return requestId + "/" + stage + "/" + dispatch;
    }
}
