package dev.brigade.dispatcher.saga;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.LabelScore;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Calls whose result is no text, each by whichever model can do it. */
final class TaskScripts extends Scripts {

    private static final Fleet FLEET =
            Saga.models()
                    .with("ear", List.of(), Set.of("embedding", "rerank"), 32, 1, 0)
                    .with("eye", List.of("primary"), Set.of("classify"), 1, 1, 0)
                    .with("eye-2", List.of(), Set.of("classify"), 1, 1, 9)
                    .build();

    private static final Output TECHNICAL =
            new Output.Classification(
                    "technical", 0.9, List.of(new LabelScore("technical", 0.9)), Optional.empty());

    TaskScripts() {
        results();
        refusals();
        misfits();
    }

    private static TestingRequest embed(String... texts) {
        return request("r")
                .input(
                        new Input.Embedding(
                                List.of(texts), List.of(), Optional.empty(), OptionalInt.empty()));
    }

    private static TestingRequest rerank() {
        return request("r").input(new Input.Rerank("who?", List.of("me", "you")));
    }

    private static TestingRequest image() {
        return request("r")
                .input(new Input.Image(ImageRef.ofPath("a.png"), Optional.empty(), false, true));
    }

    private void results() {
        script(
                "task: texts are embedded by who can, whatever its role",
                s -> {
                    s.fleet(FLEET)
                            .given(embed("one", "two"))
                            .expect("enqueue r/answer/1 on ear", "timer 120000");
                    assertThat(s.enqueued("answer").stream()).isFalse();
                    assertThat(s.enqueued("answer").pin()).isFalse();
                    s.embedded("answer", new float[] {1, 0}, new float[] {0, 1})
                            .expect(
                                    "free r/answer/1 on ear",
                                    "reply COMPLETED ",
                                    "usage 7+3",
                                    "timer 3600000");
                    assertThat(s.reply().output())
                            .contains(Saga.vectors(new float[] {1, 0}, new float[] {0, 1}));
                    assertThat(s.reply().summary()).isEmpty();
                    assertThat(s.report().stages().getFirst().kind()).isEqualTo("embed");
                    assertThat(s.report().routingReason()).isEqualTo("capability embedding");
                    assertThat(images(s)).isZero();
                });
        script(
                "task: tokens are embedded, and vectors may be in the payload store",
                s -> {
                    var tokens =
                            new Input.Embedding(
                                    List.of(),
                                    List.of(List.of(1, 2), List.of(3)),
                                    Optional.of("query"),
                                    OptionalInt.of(8));
                    s.fleet(FLEET).given(request("r").input(tokens));
                    var stored = Optional.of(new StoredPayload("aa", 64, "application/x-floats"));
                    s.finished("answer", new Output.Embeddings(2, 8, Optional.empty(), stored));
                    assertThat(s.reply().status().name()).isEqualTo("COMPLETED");
                });
        script(
                "task: documents are ranked",
                s -> {
                    s.fleet(FLEET)
                            .given(rerank())
                            .expect("enqueue r/answer/1 on ear", "timer 120000");
                    s.finished("answer", new Output.Ranking(List.of(0.1, 0.9)));
                    assertThat(s.reply().output()).contains(new Output.Ranking(List.of(0.1, 0.9)));
                    assertThat(s.report().stages().getFirst().kind()).isEqualTo("rank");
                });
        script(
                "task: an image is classified, by the least busy, and counted",
                s -> {
                    s.fleet(FLEET)
                            .given(image())
                            .expect("enqueue r/answer/1 on eye", "timer 120000");
                    s.finished("answer", TECHNICAL);
                    assertThat(s.reply().output()).contains(TECHNICAL);
                    assertThat(s.report().stages().getFirst().kind()).isEqualTo("classify");
                    assertThat(images(s)).isEqualTo(1);
                });
        script(
                "task: what fails is tried again as a text is, on another model too",
                s -> {
                    s.fleet(FLEET).given(image());
                    s.failed(Saga.attempt("answer", 1, 1), Code.PAYLOAD_STORE_DOWN, true)
                            .expect("free r/answer/1 on eye", "enqueue r/answer/2 on eye-2");
                    s.failed(Saga.attempt("answer", 2, 1), Code.NOT_AN_IMAGE, false)
                            .expect(
                                    "free r/answer/2 on eye-2",
                                    "reply FAILED not_an_image",
                                    "usage 0+0",
                                    "timer 3600000");
                    assertThat(images(s)).isZero();
                });
        script(
                "task: the texts together must fit the budget, by estimate",
                s -> {
                    s.fleet(FLEET)
                            .given(embed("a".repeat(400), "b".repeat(400)).maxTotalTokens(202));
                    assertThat(s.enqueued("answer").sagaTokens()).hasValue(202);
                    assertThat(s.enqueued("answer").sampling().maxTokens()).isEmpty();
                    s.fresh()
                            .fleet(FLEET)
                            .given(embed("a".repeat(400), "b".repeat(400)).maxTotalTokens(201))
                            .expect("reply REJECTED budget_exhausted", "timer 3600000");
                });
    }

    private void refusals() {
        script(
                "task: a model that cannot do it is refused by name",
                s -> {
                    for (TestingRequest each : List.of(embed("one"), rerank(), image())) {
                        s.fresh()
                                .fleet(FLEET)
                                .given(each.model("primary"))
                                .expect("reply REJECTED unsupported_task", "timer 3600000");
                    }
                    s.fresh()
                            .fleet(FLEET)
                            .given(request("r").model("eye"))
                            .expect("reply REJECTED unsupported_task", "timer 3600000");
                    s.given(embed("one"))
                            .expect("reply REJECTED no_capable_model", "timer 3600000");
                });
        script(
                "task: the longest text must fit the model, not all together",
                s -> {
                    String[] many = new String[100];
                    Arrays.fill(many, "a".repeat(32 * 16));
                    s.fleet(FLEET)
                            .given(embed(many))
                            .expect("enqueue r/answer/1 on ear", "timer 120000");
                    s.fresh()
                            .fleet(FLEET)
                            .given(embed("a", "b".repeat(33 * 16)))
                            .expect("reply REJECTED context_length_exceeded", "timer 3600000");
                });
        script(
                "task: there is no mode but single, and no preset",
                s -> {
                    for (String mode : List.of("debate", "map", "batch", "critique")) {
                        s.fresh()
                                .fleet(FLEET)
                                .given(image().mode(mode))
                                .expect("reply REJECTED unsupported_mode", "timer 3600000");
                    }
                    s.fresh()
                            .fleet(FLEET)
                            .given(rerank().mode("single"))
                            .expectLife(Lifecycle.Open.class);
                    s.fleet(FLEET)
                            .given(rerank().preset("one"))
                            .expect("reply REJECTED unsupported_mode", "timer 3600000");
                });
    }

    private void misfits() {
        script(
                "task: what is not what was asked for is no answer",
                s -> {
                    s.fleet(FLEET).given(embed("one", "two"));
                    s.embedded("answer", new float[] {1, 0})
                            .expect(
                                    "free r/answer/1 on ear",
                                    "reply FAILED engine_error",
                                    "usage 0+0",
                                    "timer 3600000");
                    failed(
                            s.fresh().fleet(FLEET).given(rerank()),
                            new Output.Ranking(List.of(1.0)));
                    failed(s.fresh().fleet(FLEET).given(image()), new Output.Ranking(List.of(1.0)));
                    failed(
                            s.fresh().fleet(FLEET).given(embed("one")),
                            new Output.Embeddings(1, 8, Optional.empty(), Optional.empty()));
                    failed(s.fresh().fleet(FLEET).given(rerank()), TECHNICAL);
                    s.fresh().fleet(FLEET).given(image()).finished("answer", "a text");
                });
    }

    private static void failed(Saga s, Output output) {
        s.finished("answer", output);
        assertThat(s.reply().error().orElseThrow().code()).isEqualTo(Code.ENGINE_ERROR);
    }

    private static int images(Saga s) {
        return s.commands().stream()
                .mapToInt(each -> each instanceof Command.RecordUsage used ? used.images() : 0)
                .sum();
    }
}
