package dev.brigade.worker.testing;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Job;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import java.util.List;

/** Jobs for tests. */
public final class Jobs {

    private Jobs() {}

    /** A streamed chat, dispatched once, with a minute of budget. */
    public static Job chat(String requestId) {
        return builder(requestId).build();
    }

    public static Job.Builder builder(String requestId) {
        return Job.newBuilder()
                .setJobId(requestId + "/answer/1")
                .setRequestId(requestId)
                .setStage("answer")
                .setDispatch(1)
                .setModel("demo")
                .setTenant("tenant")
                .setPriority(Priority.NORMAL)
                .setInput(new ChatInput(List.of(new Message("user", "hello", null))))
                .setDeadlineAt(60_000)
                .setBudgetMs(60_000)
                .setHomePartition(1)
                .setReplyPartition(2)
                .setStream(true);
    }
}
