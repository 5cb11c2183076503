package dev.brigade.dispatcher.routing;

import static dev.brigade.dispatcher.request.TestingRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.RoutingConfig;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.TestingRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final Set<String> TEXT = Set.of("chat", "completion", "json_schema");

    private final Router router = TestingFleet.router();

    @Test
    void anExplicitModelIsUsed() {
        Route route = routed(request("r").model("quick"), all().build());
        assertThat(route.model()).isEqualTo("quick");
        assertThat(route.auto()).isFalse();
        assertThat(route.alternatives()).isEmpty();
    }

    @Test
    void anExplicitModelIsUsedEvenWhereItIsDown() {
        Fleet fleet = all().with("sleeper", List.of("fast"), 0, 0).build();
        assertThat(routed(request("r").model("sleeper"), fleet).model()).isEqualTo("sleeper");
    }

    @Test
    void anUnknownModelIsRefusedHoweverManyOthersThereAre() {
        Failure failure = refused(request("r").model("nobody"), all().build());
        assertThat(failure.code()).isEqualTo(Code.MODEL_NOT_FOUND);
        assertThat(failure.param()).contains("model");
    }

    @Test
    void anExplicitModelThatCannotDoItIsRefused() {
        Fleet fleet = all().with("eyes", List.of("vision"), Set.of("classify"), 512, 1, 0).build();
        assertThat(refused(request("r").model("eyes"), fleet).code())
                .isEqualTo(Code.UNSUPPORTED_TASK);
    }

    @Test
    void theTaskTypeChoosesTheRole() {
        Fleet fleet = all().build();
        assertThat(routed(request("r").taskType("code"), fleet).model()).isEqualTo("coder");
        assertThat(routed(request("r").taskType("analyze"), fleet).model()).isEqualTo("thinker");
        assertThat(routed(request("r").taskType("simple"), fleet).model()).isEqualTo("quick");
        assertThat(routed(request("r").taskType("poetry"), fleet).model()).isEqualTo("primary");
        assertThat(routed(request("r").model("auto"), fleet).model()).isEqualTo("primary");
        assertThat(routed(request("r"), fleet).reason()).isEqualTo("role primary");
    }

    @Test
    void theRoleOverridesTheTaskType() {
        assertThat(routed(request("r").taskType("code").role("fast"), all().build()).model())
                .isEqualTo("quick");
    }

    @Test
    void anUnknownRoleIsRefused() {
        assertThat(refused(request("r").role("poet"), all().build()))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(failure.param()).contains("role");
                });
    }

    @Test
    void aRoleWithoutAModelFallsBackInOrder() {
        Fleet fleet = all().build();
        Route route = routed(request("r").taskType("rag"), fleet);
        assertThat(route.model()).isEqualTo("thinker");
        assertThat(route.reason()).isEqualTo("role longctx by fallback thinker");
        assertThat(route.alternatives()).containsExactly("primary", "coder", "quick");
    }

    @Test
    void aLiveFallbackGoesBeforeTheRolesOwnModelThatIsDown() {
        Fleet fleet =
                new TestingFleet()
                        .with("coder", List.of("coder"), 0, 0)
                        .with("primary", List.of("primary"), 1, 9)
                        .build();
        assertThat(routed(request("r").taskType("code"), fleet).model()).isEqualTo("primary");
    }

    @Test
    void withNothingUpTheRolesOwnModelIsChosenAndWaits() {
        Fleet fleet =
                new TestingFleet()
                        .with("any", List.of("primary"), 0, 0)
                        .with("coder", List.of("coder"), 0, 0)
                        .build();
        assertThat(routed(request("r").taskType("code"), fleet).model()).isEqualTo("coder");
    }

    @Test
    void aModelWhoseFirstRoleItIsGoesBeforeOneWhoseThirdItIs() {
        Fleet fleet =
                new TestingFleet()
                        .with("allrounder", List.of("coder", "primary", "fast"), 4, 0)
                        .with("sprinter", List.of("fast", "primary"), 4, 3)
                        .build();
        assertThat(routed(request("r").role("fast"), fleet).model()).isEqualTo("sprinter");
    }

    @Test
    void amongEqualsTheLeastBusyPerSlotGoesThenTheFirstById() {
        Fleet busy =
                new TestingFleet()
                        .with("a", List.of("primary"), 2, 3)
                        .with("b", List.of("primary"), 8, 4)
                        .build();
        assertThat(routed(request("r"), busy).model()).isEqualTo("b");
        Fleet equal =
                new TestingFleet()
                        .with("b", List.of("primary"), 2, 1)
                        .with("a", List.of("primary"), 2, 1)
                        .build();
        assertThat(routed(request("r"), equal).model()).isEqualTo("a");
    }

    @Test
    void whatCannotDoTheTaskIsRuledOutWithAReason() {
        Fleet fleet =
                new TestingFleet()
                        .with("plain", List.of("primary"), Set.of("chat"), 1024, 4, 0)
                        .with("strict", List.of("fast"), TEXT, 1024, 4, 0)
                        .build();
        Route route = routed(request("r").json(), fleet);
        assertThat(route.model()).isEqualTo("strict");
        assertThat(route.ruledOut()).containsEntry("plain", "model plain cannot do json_schema");
        assertThat(routed(request("r").capabilities("completion"), fleet).model())
                .isEqualTo("strict");
        assertThat(refused(request("r").capabilities("flying"), fleet).code())
                .isEqualTo(Code.NO_CAPABLE_MODEL);
    }

    @Test
    void whatMakesNoTextGoesToWhoeverCanDoItWhateverItsRole() {
        var closed =
                RoutingConfig.parse(
                        """
                        default_role: primary
                        any_model: false
                        roles: {primary: {}, vision: {}}
                        task_types: {}
                        """,
                        "routing.yaml");
        var router = new Router(closed, RoutingPolicy.leastBusy());
        Fleet fleet =
                all().with("eye", List.of("vision"), Set.of("classify"), 1, 1, 3)
                        .with("eye-2", List.of(), Set.of("classify"), 1, 1, 0)
                        .with("eye-3", List.of(), Set.of("classify"), 1, 0, 0)
                        .build();
        var image = new Input.Image(ImageRef.ofPath("a.png"), Optional.empty(), false, true);
        assertThat(router.route(request("r").input(image).build(), fleet))
                .isInstanceOfSatisfying(
                        RoutingDecision.Routed.class,
                        routed -> {
                            assertThat(routed.route().model()).isEqualTo("eye-2");
                            assertThat(routed.route().alternatives())
                                    .containsExactly("eye", "eye-3");
                            assertThat(routed.route().reason()).isEqualTo("capability classify");
                        });
        assertThat(router.route(request("r").input(image).role("vision").build(), fleet))
                .isInstanceOfSatisfying(
                        RoutingDecision.Routed.class,
                        routed -> assertThat(routed.route().model()).isEqualTo("eye"));
    }

    @Test
    void anEmptyFleetCanDoNothing() {
        assertThat(refused(request("r"), new TestingFleet().build()).code())
                .isEqualTo(Code.NO_CAPABLE_MODEL);
    }

    @Test
    void whatSurelyDoesNotFitIsRefused() {
        var novel = new Input.Completion("x".repeat(16 * 1024 + 16), false);
        Fleet fleet = all().build();
        assertThat(refused(request("r").input(novel), fleet).code())
                .isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
        assertThat(refused(request("r").input(novel).model("quick"), fleet).code())
                .isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
        var fitting = new Input.Completion("x".repeat(16 * 1024), false);
        assertThat(routed(request("r").input(fitting), fleet).model()).isEqualTo("primary");
    }

    @Test
    void whatLikelyDoesNotFitGoesToALongerContext() {
        Fleet fleet = all().with("long", List.of("longctx"), TEXT, 32_768, 1, 0).build();
        var essay = new Input.Completion("x".repeat(8_000), false);
        assertThat(routed(request("r").input(essay), fleet).model()).isEqualTo("long");
        assertThat(routed(request("r").maxTokens(2_000), fleet).model()).isEqualTo("long");
        assertThat(routed(request("r").maxTokens(500), fleet).model()).isEqualTo("primary");
    }

    @Test
    void aRolesListedModelsReplaceDeclaredRoles() {
        var table =
                RoutingConfig.parse(
                        """
                        default_role: primary
                        any_model: false
                        roles: {primary: {models: [quick, coder]}}
                        task_types: {}
                        """,
                        "routing.yaml");
        var listed = new Router(table, RoutingPolicy.leastBusy());
        assertThat(listed.route(request("r").build(), all().build()))
                .isEqualTo(
                        new RoutingDecision.Routed(
                                new Route(
                                        "quick",
                                        true,
                                        List.of("coder"),
                                        "role primary",
                                        Map.of())));
    }

    private static TestingFleet all() {
        return new TestingFleet()
                .with("primary", List.of("primary"), 4, 0)
                .with("quick", List.of("fast"), 4, 0)
                .with("coder", List.of("coder"), 4, 0)
                .with("thinker", List.of("thinker"), 4, 0);
    }

    private Route routed(TestingRequest request, Fleet fleet) {
        return router.route(request.build(), fleet) instanceof RoutingDecision.Routed routed
                ? routed.route()
                : Optional.<Route>empty().orElseThrow();
    }

    private Failure refused(TestingRequest request, Fleet fleet) {
        return router.route(request.build(), fleet) instanceof RoutingDecision.Refused refused
                ? refused.failure()
                : Optional.<Failure>empty().orElseThrow();
    }
}
