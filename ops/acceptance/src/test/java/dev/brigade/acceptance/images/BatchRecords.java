package dev.brigade.acceptance.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.acceptance.system.RecordLog;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What the log must show of a batch, whatever died meanwhile. */
final class BatchRecords {

    private BatchRecords() {}

    /**
     * Requires one terminal, each image in exactly one part, parts numbered without a gap, a
     * summary that counts them, and no part sent out again that was done.
     */
    static void assertCompletedOnce(RecordLog log, String id, int images) {
        Reply reply = log.awaitReply(id);
        assertThat(log.replies(id)).hasSize(1);
        assertThat(reply.getStatus()).isEqualTo(ReplyStatus.COMPLETED);
        List<ImageResult> results = assertPartsAddUp(log, reply);
        assertThat(results)
                .extracting(ImageResult::getIndex)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, images).boxed().toList());
        assertNothingDoneIsBegunAgain(log.events(id));
    }

    /**
     * Requires parts numbered without a gap, no image in two, and a summary that counts just them.
     */
    static List<ImageResult> assertPartsAddUp(RecordLog log, Reply reply) {
        BatchSummary summary = (BatchSummary) reply.getOutput();
        List<ResultPart> parts = log.results(reply.getRequestId());
        List<ImageResult> results = parts.stream().flatMap(p -> p.getItems().stream()).toList();
        assertThat(parts)
                .extracting(ResultPart::getPart)
                .containsExactlyElementsOf(IntStream.range(0, parts.size()).boxed().toList());
        assertThat(results).extracting(ImageResult::getIndex).doesNotHaveDuplicates();
        assertThat(summary.getParts()).isEqualTo(parts.size());
        assertThat(summary.getDone() + summary.getFailed()).isEqualTo(results.size());
        assertThat(results.stream().filter(r -> r.getError() != null)).hasSize(summary.getFailed());
        return results;
    }

    /**
     * A worker that dies between telling that a part is done and settling its job leaves the job to
     * be delivered again; nobody else may begin it again.
     */
    private static void assertNothingDoneIsBegunAgain(List<InferenceEvent> events) {
        Set<String> done = new HashSet<>();
        for (InferenceEvent event : events) {
            if (event.getEvent() instanceof AttemptFinished finished) {
                done.add(finished.getAttempt().getStage());
            }
            if (event.getEvent() instanceof AttemptStarted started
                    && started.getAttempt().getEpoch().getDelivery() == 1) {
                assertThat(done).doesNotContain(started.getAttempt().getStage());
            }
        }
        assertThat(done).isNotEmpty();
    }
}
