package dev.brigade.dispatcher.routing;

import dev.brigade.config.Price;
import dev.brigade.config.RoutingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Models for tests. */
public final class TestingFleet {

    /** Fast, coder and thinker stand in by primary, longctx by thinker. */
    public static final RoutingConfig TABLE =
            RoutingConfig.parse(
                    """
                    default_role: primary
                    roles:
                      primary: {}
                      fast: {fallback: [primary]}
                      coder: {fallback: [primary]}
                      thinker: {fallback: [primary]}
                      longctx: {fallback: [thinker, primary]}
                    task_types: {code: coder, analyze: thinker, simple: fast, rag: longctx}
                    """,
                    "routing.yaml");

    private final List<Fleet.Model> models = new ArrayList<>();

    /** A model that can do text, with 1,024 tokens of context. */
    public TestingFleet with(String id, List<String> roles, int slots, int busy) {
        return with(id, roles, Set.of("chat", "completion", "json_schema"), 1024, slots, busy);
    }

    public TestingFleet with(
            String id,
            List<String> roles,
            Set<String> capabilities,
            int contextLength,
            int slots,
            int busy) {
        models.add(
                new Fleet.Model(
                        id, roles, capabilities, contextLength, slots, busy, Optional.empty()));
        return this;
    }

    /** The same models at this price each. */
    public Fleet buildAt(Price price) {
        return Fleet.of(
                models.stream()
                        .map(model ->
                                new Fleet.Model(
                                        model.id(),
                                        model.roles(),
                                        model.capabilities(),
                                        model.contextLength(),
                                        model.slots(),
                                        model.busy(),
                                        Optional.of(price)))
                        .toList());
    }

    public Fleet build() {
        return Fleet.of(models);
    }

    public static Router router() {
        return new Router(TABLE, RoutingPolicy.leastBusy());
    }
}
