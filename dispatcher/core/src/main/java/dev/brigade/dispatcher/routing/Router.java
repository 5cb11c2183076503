package dev.brigade.dispatcher.routing;

import dev.brigade.config.RoutingConfig;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.ResponseFormat;
import dev.brigade.dispatcher.routing.RoutingDecision.Refused;
import dev.brigade.dispatcher.routing.RoutingDecision.Routed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses a model, for a whole request or for one stage of it. An explicit one is used or refused,
 * never replaced; else the role decides, then what the model can do, then the policy. A model that
 * is known but not up is chosen only for a whole request, and only where no other is up: its job
 * waits in the queue until a worker comes or the deadline passes.
 */
public final class Router {

    private static final int MAX_ALTERNATIVES = 3;
    private static final RoutingConfig.Role NO_ROLE = new RoutingConfig.Role(List.of(), List.of());

    private final RoutingConfig table;
    private final RoutingPolicy policy;

    public Router(RoutingConfig table, RoutingPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    /** A model for the whole request. */
    public RoutingDecision route(Request request, Fleet fleet) {
        Wish wish = Wish.forRequest(roleOf(request));
        return request.explicitModel()
                .map(id ->
                        unable(request, id, fleet)
                                .orElseGet(() -> explicit(request, wish, id, fleet)))
                .orElseGet(() -> route(request, wish, fleet));
    }

    /** That the model is there and this kind of task is none of its own. */
    private static Optional<RoutingDecision> unable(Request request, String id, Fleet fleet) {
        String task = request.input().capability();
        return fleet.model(id)
                .filter(model -> !model.capabilities().contains(task))
                .map(_ ->
                        refused(
                                Code.UNSUPPORTED_TASK,
                                "model %s cannot do %s".formatted(id, task),
                                "model"));
    }

    /** A model for one stage. */
    public RoutingDecision route(Request request, Wish wish, Fleet fleet) {
        if (!hasRole(wish.role())) {
            return new Refused(
                    Failure.invalid("role", "role must be one of " + table.roles().keySet()));
        }
        var ruledOut = new TreeMap<String, String>();
        var tooLong = new ArrayList<Failure>();
        var able = new LinkedHashSet<Candidate>();
        boolean byRole = request.input().asksForText() || request.role().isPresent();
        for (Candidate candidate : byRole ? candidates(wish.role(), fleet) : everyone(fleet)) {
            Optional<Failure> misfit = misfit(request, wish, candidate.model());
            if (misfit.isEmpty()) {
                able.add(candidate);
                continue;
            }
            ruledOut.put(candidate.model().id(), misfit.get().message());
            if (misfit.get().code() == Code.CONTEXT_LENGTH_EXCEEDED) {
                tooLong.add(misfit.get());
            }
        }
        if (able.isEmpty()) {
            return tooLong.isEmpty()
                    ? refused(Code.NO_CAPABLE_MODEL, "no model can do this " + ruledOut, "model")
                    : new Refused(tooLong.getFirst());
        }
        String asked =
                byRole ? "role " + wish.role() : "capability " + request.input().capability();
        return new Routed(best(request, asked, List.copyOf(able), ruledOut));
    }

    /** The model of this name, whatever its role, or why it is not used. */
    public RoutingDecision explicit(Request request, Wish wish, String id, Fleet fleet) {
        Optional<Fleet.Model> known = fleet.model(id);
        if (known.isEmpty()) {
            return refused(Code.MODEL_NOT_FOUND, "no model " + id, "model");
        }
        Fleet.Model model = known.get();
        Optional<Failure> unfit = misfit(request, wish, model);
        if (unfit.isPresent()) {
            return new Refused(unfit.get());
        }
        String reason = model.live() ? "asked for" : "asked for; waits for a worker";
        return new Routed(new Route(id, false, List.of(), reason, Map.of()));
    }

    /** Every model that is up and can do what the wish says, whatever its role; by id. */
    public List<Fleet.Model> able(Request request, Wish wish, Fleet fleet) {
        return fleet.models().stream()
                .filter(model -> misfit(request, wish, model).isEmpty())
                .toList();
    }

    /** The model that embeds texts for the dispatcher's own use: this one, or any; it is up. */
    public Optional<String> embedder(Request request, Optional<String> named, Fleet fleet) {
        return fleet.models().stream()
                .filter(model -> model.live() && model.capabilities().contains("embedding"))
                .filter(model -> named.map(model.id()::equals).orElse(true))
                .min(policy.order(request).thenComparing(Fleet.Model::id))
                .map(Fleet.Model::id);
    }

    public boolean hasRole(String role) {
        return table.roles().containsKey(role);
    }

    /** The role itself, or the default one where the table does not know it. */
    public String knownRole(String role) {
        return hasRole(role) ? role : table.defaultRole();
    }

    /** The role that a request asks for, or that its task needs. */
    public String roleOf(Request request) {
        return request.role()
                .or(() ->
                        request.taskType()
                                .flatMap(task -> Optional.ofNullable(table.taskTypes().get(task))))
                .orElse(table.defaultRole());
    }

    /** A model and how far it is from what was asked for: 0 is the role itself. */
    private record Candidate(Fleet.Model model, String role, int distance, int preference) {}

    /** Every model that may answer for the role, each once, at its smallest distance. */
    private Collection<Candidate> candidates(String role, Fleet fleet) {
        var chain = new ArrayList<>(List.of(role));
        chain.addAll(table.roles().getOrDefault(role, NO_ROLE).fallback());
        var found = new TreeMap<String, Candidate>();
        for (int distance = 0; distance < chain.size(); distance++) {
            for (Fleet.Model model : fleet.models()) {
                int preference = preference(chain.get(distance), model);
                if (preference >= 0) {
                    found.putIfAbsent(
                            model.id(),
                            new Candidate(model, chain.get(distance), distance, preference));
                }
            }
        }
        if (table.anyModel()) {
            fleet.models()
                    .forEach(model ->
                            found.putIfAbsent(
                                    model.id(), new Candidate(model, "any", chain.size(), 0)));
        }
        return found.values();
    }

    /** What makes no text has no role: whoever can do it is as good. */
    private static Collection<Candidate> everyone(Fleet fleet) {
        return fleet.models().stream().map(model -> new Candidate(model, "any", 0, 0)).toList();
    }

    /** Place of the model for the role, 0 best; -1 where it has not the role. */
    private int preference(String role, Fleet.Model model) {
        List<String> listed = table.roles().getOrDefault(role, NO_ROLE).models();
        return listed.isEmpty() ? model.roles().indexOf(role) : listed.indexOf(model.id());
    }

    private Route best(
            Request request, String asked, List<Candidate> able, Map<String, String> ruledOut) {
        long likely = TokenEstimate.of(request).likely();
        List<Candidate> ranked =
                able.stream()
                        .sorted(
                                Comparator.comparing((Candidate one) -> !one.model().live())
                                        .thenComparingLong(one -> shortfall(likely, one.model()))
                                        .thenComparingInt(Candidate::distance)
                                        .thenComparingInt(Candidate::preference)
                                        .thenComparing(Candidate::model, policy.order(request))
                                        .thenComparing(one -> one.model().id()))
                        .toList();
        Candidate first = ranked.getFirst();
        String reason = first.distance() == 0 ? asked : asked + " by fallback " + first.role();
        List<String> others =
                ranked.stream()
                        .skip(1)
                        .limit(MAX_ALTERNATIVES)
                        .map(one -> one.model().id())
                        .toList();
        return new Route(first.model().id(), true, others, reason, ruledOut);
    }

    /** Tokens by which the likely need is over the context; 0 where it fits. */
    private static long shortfall(long likely, Fleet.Model model) {
        return Math.max(0, likely - model.contextLength());
    }

    private static Optional<Failure> misfit(Request request, Wish wish, Fleet.Model model) {
        for (String capability : needed(request, wish)) {
            if (!model.capabilities().contains(capability)) {
                return misfit(Code.NO_CAPABLE_MODEL, model, "cannot do " + capability);
            }
        }
        if (TokenEstimate.of(request).least() > model.contextLength()) {
            return misfit(
                    Code.CONTEXT_LENGTH_EXCEEDED,
                    model,
                    "holds " + model.contextLength() + " tokens, and the input is longer");
        }
        if (wish.live() && !model.live()) {
            return misfit(Code.NOT_READY, model, "is not up");
        }
        return wish.without().contains(model.id())
                ? misfit(Code.NO_CAPABLE_MODEL, model, "has another part")
                : Optional.empty();
    }

    private static List<String> needed(Request request, Wish wish) {
        var needed = new ArrayList<>(request.requiredCapabilities());
        needed.add(request.input().capability());
        if (wish.judges()
                || request.sampling().responseFormat().kind() != ResponseFormat.Kind.TEXT) {
            needed.add("json_schema");
        }
        return needed;
    }

    private static Optional<Failure> misfit(Code code, Fleet.Model model, String problem) {
        return Optional.of(
                new Failure(code, "model " + model.id() + " " + problem, Optional.of("model")));
    }

    private static RoutingDecision refused(Code code, String message, String param) {
        return new Refused(new Failure(code, message, Optional.of(param)));
    }
}
