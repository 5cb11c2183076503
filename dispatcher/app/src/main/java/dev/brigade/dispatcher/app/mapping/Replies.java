package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.ItemResult;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.UsageRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the core's terminals into the contract's. */
public final class Replies {

    private Replies() {}

    /** The contract's reply. */
    public static dev.brigade.schema.Reply write(Reply reply) {
        Optional<Answer> answer = reply.answer();
        return dev.brigade.schema.Reply.newBuilder()
                .setRequestId(reply.requestId())
                .setStatus(ReplyStatus.valueOf(reply.status().name()))
                .setModel(reply.model().orElse(null))
                .setText(answer.map(Answer::text).orElse(null))
                .setFinishReason(answer.map(Answer::finishReason).orElse(null))
                .setError(reply.error().map(Failures::write).orElse(null))
                .setOriginalRequestId(reply.originalRequestId().orElse(null))
                .setUsage(Measures.write(reply.usage()))
                .setCost(Nullables.orNull(reply.cost()))
                .setEpoch(answer.map(Answer::epoch).map(Measures::write).orElse(null))
                .setStage(reply.stage().orElse(null))
                .setLastSeq(answer.map(Answer::lastSeq).orElse(-1))
                .setDigest(answer.map(Answer::digest).orElse(null))
                .setReceivedAt(reply.receivedAtMs())
                .setFinishedAt(reply.finishedAtMs())
                .setQueueMs(Nullables.orNull(reply.queueMs()))
                .setTimings(answer.map(Answer::timings).map(Measures::write).orElse(null))
                .setOrchestration(reply.report().map(Reports::write).orElse(null))
                .setMetadata(reply.metadata())
                .setItems(reply.items().stream().map(Replies::item).toList())
                .setOutput(output(reply))
                .build();
    }

    /** What is said in place of a reply that no record can hold: what it used, and none of it. */
    public static dev.brigade.schema.Reply tooLarge(dev.brigade.schema.Reply reply) {
        Failure failure =
                Failure.of(Code.INTERNAL_ERROR, "the answer is larger than a reply can be");
        return dev.brigade.schema.Reply.newBuilder()
                .setRequestId(reply.getRequestId())
                .setStatus(ReplyStatus.FAILED)
                .setModel(reply.getModel())
                .setError(Failures.write(failure))
                .setUsage(reply.getUsage())
                .setCost(reply.getCost())
                .setReceivedAt(reply.getReceivedAt())
                .setFinishedAt(reply.getFinishedAt())
                .setQueueMs(reply.getQueueMs())
                .setMetadata(reply.getMetadata())
                .build();
    }

    /** The contract's usage record. */
    public static UsageRecord write(Command.RecordUsage used) {
        return UsageRecord.newBuilder()
                .setRequestId(used.requestId())
                .setTenant(used.tenant())
                .setModel(used.model().orElse(null))
                .setStatus(ReplyStatus.valueOf(used.status().name()))
                .setUsage(Measures.write(used.usage()))
                .setCost(Nullables.orNull(used.cost()))
                .setSeconds(used.inferenceMs() / 1000.0)
                .setAt(used.atMs())
                .setImages(used.images())
                .build();
    }

    /** A batch has its summary however it ended; another request what its answer gave. */
    private static @Nullable Object output(Reply reply) {
        return reply.summary()
                .<Object>map(Outputs::write)
                .or(() -> reply.output().map(Outputs::write))
                .orElse(null);
    }

    private static ItemResult item(Reply.ItemResult item) {
        Optional<Answer> answer = item.answer();
        return ItemResult.newBuilder()
                .setIndex(item.index())
                .setStatus(item.status())
                .setText(answer.map(Answer::text).orElse(null))
                .setFinishReason(answer.map(Answer::finishReason).orElse(null))
                .setError(item.error().map(Failures::write).orElse(null))
                .setModel(item.model().orElse(null))
                .setUsage(answer.map(Answer::usage).map(Measures::write).orElse(null))
                .build();
    }
}
