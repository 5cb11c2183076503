package dev.brigade.dispatcher.planning;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.plan.Critique;
import dev.brigade.dispatcher.plan.Debate;
import dev.brigade.dispatcher.plan.Ensemble;
import dev.brigade.dispatcher.plan.Fanout;
import dev.brigade.dispatcher.plan.Kind;
import dev.brigade.dispatcher.plan.Pipeline;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Seat;
import dev.brigade.dispatcher.plan.Single;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.plan.Yardstick;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Input EMBEDDING =
            new Input.Embedding(List.of("a"), List.of(), Optional.empty(), OptionalInt.empty());

    private final Planner planner = TestingPlanner.planner();

    @Test
    void withoutAModeThereIsOneCallAndNoRequestedMode() {
        Charter charter = planned(request("r"), all());
        assertThat(charter.plan().name()).isEqualTo("single");
        assertThat(charter.requestedMode()).isEmpty();
        assertThat(charter.routingReason()).isEqualTo("role primary");
    }

    @Test
    void aCritiqueIsWrittenByThePrimaryAndJudgedByTheThinker() {
        var critique = (Critique) planned(request("r").mode("critique"), all()).plan();
        assertThat(model(critique.generator())).isEqualTo("primary");
        assertThat(model(critique.critic())).isEqualTo("thinker");
        assertThat(critique.rounds()).isEqualTo(2);
        assertThat(critique.threshold()).isEqualTo(0.8);
    }

    @Test
    void codeIsWrittenByTheCoderAndDocumentsByTheLongContext() {
        Fleet fleet = fleet().with("long", List.of("longctx"), 1, 0).build();
        assertThat(writer(request("r").taskType("code"), fleet)).isEqualTo("coder");
        assertThat(writer(request("r").taskType("rag"), fleet)).isEqualTo("long");
        assertThat(writer(request("r").taskType("simple"), fleet)).isEqualTo("primary");
        assertThat(writer(request("r").taskType("simple").role("fast"), fleet)).isEqualTo("quick");
    }

    @Test
    void aCriticIsAnotherModelThanTheWriterEvenWhereOneHasBothRoles() {
        Fleet fleet =
                new TestingFleet()
                        .with("both", List.of("primary", "thinker"), 1, 0)
                        .with("other", List.of("fast"), 1, 0)
                        .build();
        var critique = (Critique) planned(request("r").mode("critique"), fleet).plan();
        assertThat(model(critique.generator())).isEqualTo("both");
        assertThat(model(critique.critic())).isEqualTo("other");
    }

    @Test
    void aJudgeMustAnswerInASchema() {
        Fleet fleet =
                new TestingFleet()
                        .with("primary", List.of("primary"), 1, 0)
                        .with("thinker", List.of("thinker"), Set.of("chat"), 1024, 1, 0)
                        .build();
        assertThat(refused(request("r").mode("critique"), fleet).code())
                .isEqualTo(Code.TOO_FEW_MODELS);
    }

    @Test
    void aDebateIsAmongAllWhoAreUpButNotMoreThanConfigured() {
        var debate = (Debate) planned(request("r").mode("debate"), all()).plan();
        assertThat(debate.participants())
                .extracting(PlannerTest::model)
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(model(debate.participants().getFirst())).isEqualTo("primary");
        assertThat(debate.participants()).allSatisfy(cast -> assertThat(cast.seats()).hasSize(1));
        assertThat(model(debate.reconciler())).isEqualTo("primary");
    }

    @Test
    void anEnsembleIsSeveralSamplesOfOneModel() {
        var ensemble = (Ensemble) planned(request("r").mode("ensemble"), all()).plan();
        assertThat(ensemble.samples()).isTrue();
        assertThat(ensemble.voices())
                .hasSize(3)
                .extracting(PlannerTest::model)
                .containsOnly("primary");
    }

    @Test
    void aPipelinesStagesHaveRolesAndTheCoderRefinesCode() {
        var pipeline = (Pipeline) planned(request("r").mode("pipeline"), all()).plan();
        assertThat(pipeline.names()).containsExactly("draft", "refine", "validate");
        assertThat(pipeline.casts())
                .extracting(PlannerTest::model)
                .containsExactly("quick", "thinker", "primary");
        var code = (Pipeline) planned(request("r").mode("pipeline").taskType("code"), all()).plan();
        assertThat(code.casts()).extracting(PlannerTest::model).contains("coder");
    }

    @Test
    void anExplicitModelWritesAndAnotherOneJudges() {
        var critique =
                (Critique) planned(request("r").mode("critique").model("quick"), all()).plan();
        assertThat(critique.generator().seats()).hasSize(1);
        assertThat(model(critique.generator())).isEqualTo("quick");
        assertThat(model(critique.critic())).isEqualTo("thinker");
        assertThat(refused(request("r").mode("debate").model("quick"), all()).param())
                .contains("model");
    }

    @Test
    void aMapHasAStageForEachItem() {
        var map = (Fanout) planned(request("r").items("a", "b", "c"), all()).plan();
        assertThat(map.items()).isEqualTo(3);
        assertThat(map.window()).isEqualTo(2);
    }

    @Test
    void tooFewModelsAreSaidSo() {
        Fleet one = new TestingFleet().with("primary", List.of("primary"), 1, 0).build();
        Fleet none = new TestingFleet().with("primary", List.of("primary"), 0, 0).build();
        assertThat(refused(request("r").mode("debate"), one))
                .isEqualTo(
                        Failure.of(
                                Code.TOO_FEW_MODELS,
                                "mode debate needs 2 models that are up, and has 1"));
        assertThat(refused(request("r").mode("critique"), one).code())
                .isEqualTo(Code.TOO_FEW_MODELS);
        for (String mode : List.of("debate", "critique", "ensemble", "pipeline")) {
            assertThat(refused(request("r").mode(mode), none).code())
                    .as(mode)
                    .isEqualTo(Code.TOO_FEW_MODELS);
        }
    }

    @Test
    void aSmallerModeAnswersWhereItIsAllowedAndIsReported() {
        Fleet one = new TestingFleet().with("primary", List.of("primary"), 1, 0).build();
        Charter debate = planned(request("r").mode("debate").allowSmallerMode(), one);
        assertThat(debate.plan().name()).isEqualTo("ensemble");
        assertThat(debate.requestedMode()).contains("debate");
        assertThat(debate.decisions())
                .containsExactly(
                        "ensemble instead: mode debate needs 2 models that are up, and has 1");
        assertThat(planned(request("r").mode("critique").allowSmallerMode(), one).plan().name())
                .isEqualTo("single");
        Fleet none = new TestingFleet().with("primary", List.of("primary"), 0, 0).build();
        for (String mode : List.of("debate", "critique", "ensemble", "pipeline")) {
            assertThat(planned(request("r").mode(mode).allowSmallerMode(), none).plan().name())
                    .as(mode)
                    .isEqualTo("single");
        }
    }

    @Test
    void aPresetsModelsAndFiguresAreUsedAsTheyAre() {
        Charter charter = planned(request("r").preset("critics"), presets());
        var critique = (Critique) charter.plan();
        assertThat(model(critique.generator())).isEqualTo("quick");
        assertThat(model(critique.critic())).isEqualTo("primary");
        assertThat(critique.rounds()).isEqualTo(1);
        assertThat(critique.threshold()).isEqualTo(0.5);
        assertThat(charter.preset()).contains("critics");
        assertThat(charter.requestedMode()).contains("critique");
        assertThat(charter.routingReason()).isEqualTo("preset critics");
        assertThat(charter.compensationTopic()).isEmpty();
        assertThat(planned(request("r").preset("with-effects"), presets()).compensationTopic())
                .contains("undo");
        var choir = (Ensemble) planned(request("r").preset("choir"), presets()).plan();
        assertThat(choir.samples()).isFalse();
        assertThat(choir.minAgreement()).isEqualTo(0.9);
        var solo = (Ensemble) planned(request("r").preset("solo"), presets()).plan();
        assertThat(solo.samples()).isTrue();
        assertThat(solo.voices()).hasSize(2);
    }

    @Test
    void aPresetWithAModelThatIsDownIsTooFewOrSmaller() {
        Fleet down =
                new TestingFleet()
                        .with("primary", List.of("primary"), 0, 0)
                        .with("quick", List.of("fast"), 1, 0)
                        .with("spare", List.of("fast"), 1, 0)
                        .build();
        assertThat(refused(request("r").preset("choir"), down))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.TOO_FEW_MODELS);
                    assertThat(failure.message()).contains("choir", "primary");
                });
        assertThat(planned(request("r").preset("choir").allowSmallerMode(), down))
                .satisfies(charter -> {
                    assertThat(charter.plan().name()).isEqualTo("single");
                    assertThat(charter.model()).isEqualTo("spare");
                });
        assertThat(planned(request("r").preset("critics").allowSmallerMode(), down).model())
                .isEqualTo("quick");
    }

    @Test
    void aDebateOfAPresetShrinksToThoseWhoAreUp() {
        Fleet down = new TestingFleet().with("quick", List.of("fast"), 1, 0).build();
        Charter charter = planned(request("r").preset("talkers").allowSmallerMode(), down);
        assertThat(charter.plan().name()).isEqualTo("single");
        assertThat(charter.requestedMode()).contains("debate");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThat(refused(request("r").preset("nobody"), all()).code())
                .isEqualTo(Code.PRESET_NOT_FOUND);
        assertThat(refused(request("r").preset("line").mode("debate"), presets()))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(failure.param()).contains("orchestration_mode");
                });
        assertThat(planned(request("r").preset("line").mode("pipeline"), presets()).preset())
                .contains("line");
        assertThat(refused(request("r").preset("line").model("quick"), presets()).param())
                .contains("model");
        assertThat(refused(request("r").mode("poetry"), all()).param())
                .contains("orchestration_mode");
        assertThat(refused(request("r").mode("map"), all()).code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(request("r").items("a").mode("debate"), all()).code())
                .isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void severalStagesNeedAChat() {
        var completion = new Input.Completion("Once", false);
        assertThat(refused(request("r").input(completion).mode("debate"), all()).code())
                .isEqualTo(Code.UNSUPPORTED_MODE);
        assertThat(refused(request("r").input(completion).preset("line"), presets()).code())
                .isEqualTo(Code.UNSUPPORTED_MODE);
        assertThat(planned(request("r").input(completion).preset("one"), presets()).model())
                .isEqualTo("quick");
    }

    @Test
    void whatMakesNoTextIsOneCallOfWhoCanDoIt() {
        Fleet fleet = withEar().build();
        Charter charter = planned(request("r").input(EMBEDDING), fleet);
        assertThat(charter.model()).isEqualTo("ear");
        assertThat(((Single) charter.plan()).kind()).isEqualTo(Kind.EMBED);
        assertThat(planned(request("r").input(EMBEDDING).mode("single"), fleet).requestedMode())
                .contains("single");
        assertThat(refused(request("r").input(EMBEDDING).mode("debate"), fleet).code())
                .isEqualTo(Code.UNSUPPORTED_MODE);
        assertThat(refused(request("r").input(EMBEDDING).preset("one"), fleet).param())
                .contains("preset");
        assertThat(refused(request("r").input(EMBEDDING).model("quick"), fleet).code())
                .isEqualTo(Code.UNSUPPORTED_TASK);
        assertThat(refused(request("r").input(EMBEDDING), all()).code())
                .isEqualTo(Code.NO_CAPABLE_MODEL);
        Planner critical = with("default_mode: critique");
        assertThat(plan(critical, request("r").input(EMBEDDING), fleet).name()).isEqualTo("single");
    }

    @Test
    void aBatchHasOneModelAndItsOwnMode() {
        Fleet fleet =
                fleet().with("eye", List.of(), Set.of("classify"), 1, 1, 5)
                        .with("eye-2", List.of(), Set.of("classify"), 1, 1, 0)
                        .build();
        var source = new ImageSource.Inline(Collections.nCopies(5, ImageRef.ofPath("a.png")));
        var batch = new Input.ImageBatch(source, Optional.empty(), false, true);
        Charter charter = planned(request("r").input(batch), fleet);
        var sweep = (Sweep) charter.plan();
        assertThat(sweep.cast().seats()).extracting(Seat::model).containsExactly("eye-2");
        assertThat(sweep.total()).isEqualTo(5);
        assertThat(sweep.partSize()).isEqualTo(3);
        assertThat(sweep.window()).isEqualTo(2);
        assertThat(charter.requestedMode()).isEmpty();
        assertThat(planned(request("r").input(batch).mode("batch"), fleet).requestedMode())
                .contains("batch");
        var found = new Input.ImageBatch(new ImageSource.Glob("*"), Optional.empty(), false, true);
        assertThat(((Sweep) planned(request("r").input(found), fleet).plan()).total()).isZero();
    }

    @Test
    void answersAreComparedByEmbeddingsWhereAModelForThemIsUp() {
        Fleet fleet = withEar().build();
        Planner auto = with("agreement: {unrelated_cosine: 0.1, same_cosine: 0.9}");
        assertThat(debate(auto, fleet))
                .hasValueSatisfying(stick -> {
                    assertThat(stick.cast().seats()).extracting(Seat::model).containsExactly("ear");
                    assertThat(stick.unrelated()).isEqualTo(0.1);
                    assertThat(stick.same()).isEqualTo(0.9);
                });
        var ensemble = (Ensemble) plan(auto, request("r").mode("ensemble"), fleet);
        assertThat(ensemble.yardstick()).isPresent();
        assertThat(debate(auto, all())).isEmpty();
        Fleet down = fleet().with("ear", List.of(), Set.of("embedding"), 32, 0, 0).build();
        assertThat(debate(auto, down)).isEmpty();
        assertThat(debate(with("agreement: {method: lexical}"), fleet)).isEmpty();
        var talkers = (Debate) planned(request("r").preset("talkers"), fleet).plan();
        assertThat(talkers.yardstick()).isPresent();
        var solo = (Ensemble) planned(request("r").preset("solo"), fleet).plan();
        assertThat(solo.yardstick()).isPresent();
    }

    @Test
    void theModelThatEmbedsMayBeNamedAndIsThenNotReplaced() {
        Fleet two = withEar().with("ear-2", List.of(), Set.of("embedding"), 32, 1, 9).build();
        Planner named = with("agreement: {model: ear-2}");
        assertThat(debate(named, two).orElseThrow().cast().first().model()).isEqualTo("ear-2");
        assertThat(debate(named, withEar().build())).isEmpty();
        assertThat(debate(with("agreement: {}"), two).orElseThrow().cast().first().model())
                .as("the least busy")
                .isEqualTo("ear");
    }

    @Test
    void whoWantsEmbeddingsIsToldWhereThereAreNone() {
        Planner wanting = with("agreement: {method: embedding}");
        String said = "no embedding model is up, so answers are compared by their words";
        assertThat(charter(wanting, request("r").mode("debate"), all()).decisions())
                .containsExactly(said);
        assertThat(charter(wanting, request("r").mode("ensemble"), all()).decisions())
                .containsExactly(said);
        assertThat(charter(wanting, request("r").mode("critique"), all()).decisions()).isEmpty();
        assertThat(charter(wanting, request("r").mode("debate"), withEar().build()).decisions())
                .isEmpty();
        assertThat(planned(request("r").mode("debate"), all()).decisions()).isEmpty();
    }

    @Test
    void configurationDecidesForChatsThatNameNothingAndNeverRefuses() {
        Planner critical = with("default_mode: critique");
        assertThat(plan(critical, request("r"), all()).name()).isEqualTo("critique");
        assertThat(plan(critical, request("r").mode("single"), all()).name()).isEqualTo("single");
        assertThat(plan(critical, request("r").model("quick"), all()).name()).isEqualTo("single");
        var completion = new Input.Completion("Once", false);
        assertThat(plan(critical, request("r").input(completion), all()).name())
                .isEqualTo("single");
        Fleet one = new TestingFleet().with("primary", List.of("primary"), 1, 0).build();
        assertThat(plan(critical, request("r"), one).name()).isEqualTo("single");
        Planner preset = with("default_mode: single\ndefault_preset: line");
        assertThat(plan(preset, request("r"), presets()).name()).isEqualTo("pipeline");
        assertThat(plan(preset, request("r").mode("critique"), presets()).name())
                .isEqualTo("critique");
    }

    private static Planner with(String defaults) {
        OrchestrationConfig config = TestingPlanner.config(defaults);
        return new Planner(TestingFleet.router(), config, TestingPlanner.PRESETS);
    }

    private static Optional<Yardstick> debate(Planner planner, Fleet fleet) {
        return ((Debate) plan(planner, request("r").mode("debate"), fleet)).yardstick();
    }

    /** With a model that embeds. */
    private static TestingFleet withEar() {
        return fleet().with("spare", List.of("fast"), 4, 0)
                .with("ear", List.of(), Set.of("embedding"), 32, 1, 0);
    }

    private static TestingFleet fleet() {
        return new TestingFleet()
                .with("primary", List.of("primary"), 4, 0)
                .with("quick", List.of("fast"), 4, 0)
                .with("coder", List.of("coder"), 4, 0)
                .with("thinker", List.of("thinker"), 4, 0);
    }

    private static Fleet all() {
        return fleet().build();
    }

    private static Fleet presets() {
        return fleet().with("spare", List.of("fast"), 4, 0).build();
    }

    private String writer(TestingRequest request, Fleet fleet) {
        return model(((Critique) planned(request.mode("critique"), fleet).plan()).generator());
    }

    private static String model(Cast cast) {
        return cast.first().model();
    }

    private Charter planned(TestingRequest request, Fleet fleet) {
        return charter(planner, request, fleet);
    }

    private static Plan plan(Planner planner, TestingRequest request, Fleet fleet) {
        return charter(planner, request, fleet).plan();
    }

    private static Charter charter(Planner planner, TestingRequest request, Fleet fleet) {
        return planner.plan(request.build(), fleet) instanceof PlanDecision.Planned planned
                ? planned.charter()
                : Optional.<Charter>empty().orElseThrow();
    }

    private Failure refused(TestingRequest request, Fleet fleet) {
        return planner.plan(request.build(), fleet) instanceof PlanDecision.Refused refused
                ? refused.failure()
                : Optional.<Failure>empty().orElseThrow();
    }
}
