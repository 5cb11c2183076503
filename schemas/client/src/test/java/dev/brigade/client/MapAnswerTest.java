package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ItemResult;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapAnswerTest {

    @Test
    void itemsAreToldInOrderWithTheirAnswersAndFailures() {
        Reply reply =
                Records.reply(ReplyStatus.COMPLETED)
                        .setText("")
                        .setUsage(new Usage(30, 4))
                        .setItems(
                                List.of(
                                        new ItemResult(
                                                0,
                                                "completed",
                                                "one",
                                                "length",
                                                null,
                                                "m",
                                                new Usage(10, 2)),
                                        failed(1, "engine_error", true),
                                        new ItemResult(2, "completed", "", null, null, null, null),
                                        failed(3, "of_the_future", false),
                                        new ItemResult(4, "failed", null, null, null, null, null)))
                        .build();

        MapAnswer answer = MapAnswer.of(Answer.of(reply));

        assertThat(answer.items())
                .containsExactly(
                        new MapAnswer.Item.Answered(0, "one", "m", "length", 10, 2),
                        new MapAnswer.Item.Failed(1, ErrorCode.ENGINE_ERROR, "told so", true),
                        new MapAnswer.Item.Answered(2, "", "", "stop", 0, 0),
                        new MapAnswer.Item.Failed(3, ErrorCode.INTERNAL_ERROR, "told so", false),
                        new MapAnswer.Item.Failed(
                                4, ErrorCode.INTERNAL_ERROR, "no reason was told", false));
        assertThat(answer.answered()).extracting(MapAnswer.Item::index).containsExactly(0, 2);
        assertThat(answer.failed()).extracting(MapAnswer.Item::index).containsExactly(1, 3, 4);
        assertThat(answer.promptTokens()).isEqualTo(30);
        assertThat(answer.reply()).isEqualTo(reply);
    }

    @Test
    void anAnswerToAnotherRequestHasNoItems() {
        Answer answer = Answer.of(Records.completed(Records.epoch(1, 1), "text"));

        assertThat(MapAnswer.of(answer).items()).isEmpty();
        assertThat(answer.orchestration()).isEmpty();
    }

    private static ItemResult failed(int index, String code, boolean retriable) {
        ReplyError error = new ReplyError(code, "told so", null, retriable);
        return new ItemResult(index, "failed", null, null, error, null, null);
    }
}
