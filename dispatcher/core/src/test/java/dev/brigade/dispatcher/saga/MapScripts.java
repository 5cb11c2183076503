package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Reply;

/** Three items, two at once, each by primary. */
final class MapScripts extends Scripts {

    MapScripts() {
        script(
                "map: every item is answered by itself, two at once, with progress",
                s -> {
                    begun(s);
                    assertThat(s.told("item-1")).isEqualTo("Answer.\none");
                    s.finished("item-2", "two!")
                            .expect(
                                    "free r/item-2/1 on primary",
                                    "progress 1 and 0 of 3",
                                    "enqueue r/item-3/1 on primary");
                    assertThat(s.told("item-3")).isEqualTo("Answer.\nthree");
                    s.finished("item-1", "one!")
                            .expect("free r/item-1/1 on primary", "progress 2 and 0 of 3");
                    s.finished("item-3", "three!")
                            .expect(
                                    "free r/item-3/1 on primary",
                                    "progress 3 and 0 of 3",
                                    "release pins",
                                    "reply COMPLETED ",
                                    "usage 21+9",
                                    "timer 3600000");
                    Reply reply = s.reply();
                    assertThat(reply.stage()).contains("map");
                    assertThat(reply.answer().orElseThrow().epoch())
                            .isEqualTo(new Epoch(1, 1, "map"));
                    assertThat(reply.answer().orElseThrow().lastSeq()).isEqualTo(2);
                    assertThat(reply.items())
                            .extracting(item -> item.answer().orElseThrow().text())
                            .containsExactly("one!", "two!", "three!");
                    assertThat(reply.items())
                            .extracting(Reply.ItemResult::index)
                            .containsExactly(0, 1, 2);
                    assertThat(s.report().decisions()).containsExactly("3 of 3 items are done");
                });
        script(
                "map: an item that fails is reported and the others are answered",
                s -> {
                    begun(s).lost("item-1")
                            .expect(
                                    "free r/item-1/1 on primary",
                                    "progress 0 and 1 of 3",
                                    "enqueue r/item-3/1 on primary");
                    s.finished("item-2", "two!").finished("item-3", "three!");
                    assertThat(s.reply().status().name()).isEqualTo("COMPLETED");
                    assertThat(s.reply().items())
                            .extracting(Reply.ItemResult::status)
                            .containsExactly("failed", "completed", "completed");
                    assertThat(s.reply().items().getFirst().error().orElseThrow().code())
                            .isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
                });
        script(
                "map: it fails only when every item fails",
                s -> {
                    begun(s).lost("item-1").lost("item-2").lost("item-3");
                    assertThat(s.reply().status().name()).isEqualTo("FAILED");
                    assertThat(s.reply().items()).isEmpty();
                });
        script(
                "map: nobody who does not read along gets progress",
                s -> {
                    s.given(request("r").items("one", "two").stream(false));
                    s.finished("item-1", "one!")
                            .expect("free r/item-1/1 on primary", "timer 119500");
                    s.finished("item-2", "two!");
                    assertThat(s.reply().answer().orElseThrow().lastSeq()).isEqualTo(-1);
                });
        script(
                "map: what is done when the time runs out is answered, the rest has failed",
                s -> {
                    begun(s).finished("item-1", "one!").running("item-3").running("item-2");
                    s.at(119_500)
                            .timer()
                            .expect(
                                    "withdraw r/item-2/1 on primary: expired",
                                    "stop r/item-2/1",
                                    "progress 1 and 1 of 3",
                                    "withdraw r/item-3/1 on primary: expired",
                                    "stop r/item-3/1",
                                    "progress 1 and 2 of 3",
                                    "release pins",
                                    "reply COMPLETED ",
                                    "usage 7+3",
                                    "timer 3719500");
                    assertThat(s.reply().items().get(1).error().orElseThrow().code())
                            .isEqualTo(Code.DEADLINE_EXCEEDED);
                });
    }

    private static Saga begun(Saga saga) {
        return saga.given(request("r").items("one", "two", "three"))
                .expect(
                        "enqueue r/item-1/1 on primary",
                        "enqueue r/item-2/1 on primary",
                        "timer 60000");
    }
}
