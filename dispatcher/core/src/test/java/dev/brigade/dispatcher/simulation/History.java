package dev.brigade.dispatcher.simulation;

import dev.brigade.config.Price;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.TestingFleet;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.saga.Visits;
import dev.brigade.dispatcher.scheduling.QueueCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One random history: everything in it follows from the seed. */
final class History {

    private static final List<String> MODELS = List.of("primary", "quick", "spare");
    private static final List<String> OTHERS = List.of("ear", "eye");
    private static final List<String> MODES = List.of("critique", "debate", "ensemble", "pipeline");
    private static final List<String> PRESETS =
            List.of("one", "critics", "talkers", "choir", "solo", "line", "with-effects");
    private static final List<String> ITEMS = List.of("a", "b", "c", "d", "e", "f");
    private static final long ARRIVALS_MS = 15_000;
    private static final long TOMBSTONES_GONE_MS = 7_200_000;

    private final World world;
    private final HistoryChecker checker = new HistoryChecker();
    private final SimulatedDispatcher dispatcher;
    private final SimulatedParticipant participant;
    private final Map<String, ShareGroup> groups = new LinkedHashMap<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Set<String> poison = new HashSet<>();
    private long lastDeadlineMs = ARRIVALS_MS;
    private final Map<Load, Fleet> fleets = new HashMap<>();
    private double images;

    /** What a fleet is made of. */
    private record Load(int slots, int busy) {}

    History(long seed, Visits visits) {
        world = new World(seed);
        for (String model : Stream.concat(MODELS.stream(), OTHERS.stream()).toList()) {
            groups.put(model, new ShareGroup(world, this::everyonePolls));
        }
        dispatcher = new SimulatedDispatcher(world, new Outside(), checker, visits, this::fleet);
        participant = new SimulatedParticipant(world, dispatcher);
    }

    /** Runs it to its end and checks it; what was decided, in order. */
    List<Object> run() {
        images = world.chance(0.05) ? 0.9 : 0.2;
        int requests = (int) (world.chance(0.05) ? world.between(30, 70) : world.between(1, 12));
        for (int i = 0; i < requests; i++) {
            request("r" + i);
        }
        long heartbeatsUntilMs = lastDeadlineMs + 5_000;
        long count = world.between(1, 3);
        for (int i = 0; i < count; i++) {
            workers.add(
                    new SimulatedWorker(
                            world,
                            "worker-" + i,
                            (int) world.between(1, 3),
                            groups,
                            dispatcher,
                            checker,
                            poison,
                            heartbeatsUntilMs));
        }
        workers.forEach(worker -> world.after(world.between(0, 3_000), worker::start));
        troubles();
        world.runUntil(lastDeadlineMs + 300_000);
        HistoryChecker.require(dispatcher.open() == 0, "every request ends", dispatcher.open());
        checker.finish();
        dispatcher
                .queueSizes()
                .forEach((model, sizes) ->
                        HistoryChecker.require(
                                sizes[0] + sizes[1] + sizes[2] == 0,
                                "nothing is left in a queue or its store",
                                model));
        world.runUntil(lastDeadlineMs + TOMBSTONES_GONE_MS);
        HistoryChecker.require(
                dispatcher.remembered() == 0, "tombstones go", dispatcher.remembered());
        return dispatcher.trace();
    }

    Map<ReplyStatus, Integer> tally() {
        return checker.tally();
    }

    Map<String, Integer> modes() {
        return checker.modes();
    }

    private void request(String id) {
        long atMs = world.between(0, ARRIVALS_MS);
        TestingRequest request = timed(id, atMs);
        if (world.chance(images)) {
            new SimulatedImages(world).shape(request);
        } else {
            shape(request);
        }
        if (world.chance(0.3)) {
            request.idempotencyKey("key-" + world.between(0, 2));
        } else if (world.chance(0.1)) {
            repeated(request, id, atMs);
        }
        if (world.chance(0.03)) {
            poison.add(id);
        }
        var built = request.build();
        world.after(atMs, () -> dispatcher.request(built));
        if (world.chance(0.15)) {
            world.after(atMs + world.between(0, 20_000), () -> dispatcher.request(built));
        }
        if (world.chance(0.25)) {
            long waitMs = world.chance(0.3) ? world.between(0, 50) : world.between(0, 30_000);
            world.after(atMs + waitMs, () -> dispatcher.cancelRequest(id));
        }
        if (world.chance(0.05)) {
            var event =
                    new Event.Unusable(
                            id,
                            Failure.of(Code.NULL_VALUE, "no value"),
                            new ReplyTo("inference.replies", 0, Map.of()),
                            atMs);
            world.after(atMs + world.between(0, 20_000), () -> dispatcher.event(event));
        }
    }

    private TestingRequest timed(String id, long atMs) {
        long allowedMs =
                world.chance(0.3) ? world.between(0, 5_000) : world.between(5_000, 200_000);
        lastDeadlineMs = Math.max(lastDeadlineMs, atMs + allowedMs);
        return TestingRequest.request(id)
                .tenant(world.oneOf(List.of("acme", "bolt", "core")))
                .priority(world.oneOf(List.of(Priority.values())))
                .receivedAtMs(atMs)
                .deadlineAtMs(atMs + allowedMs);
    }

    /** A pipeline, and the same once more later, with the same key. */
    private void repeated(TestingRequest request, String id, long atMs) {
        request.tenant("acme").mode("pipeline").idempotencyKey("key of " + id);
        long laterMs = atMs + world.between(5_000, 60_000);
        TestingRequest again = timed(id + "-again", laterMs);
        again.tenant("acme").mode("pipeline").idempotencyKey("key of " + id);
        var built = again.build();
        world.after(laterMs, () -> dispatcher.request(built));
    }

    private void shape(TestingRequest request) {
        if (world.chance(0.35)) {
            if (world.chance(0.5)) {
                request.model(world.chance(0.05) ? "nobody" : world.oneOf(MODELS));
            } else if (world.chance(0.5)) {
                request.taskType("simple");
            }
        } else if (world.chance(0.3)) {
            request.preset(world.oneOf(PRESETS));
        } else if (world.chance(0.2)) {
            request.items(ITEMS.subList(0, (int) world.between(1, 6)).toArray(String[]::new));
        } else {
            request.mode(world.oneOf(MODES));
        }
        if (world.chance(0.5)) {
            request.allowSmallerMode();
        }
        request.stream(world.chance(0.7));
        if (world.chance(0.2)) {
            request.streamStages();
        }
        if (world.chance(0.2)) {
            request.maxTotalTokens((int) world.between(20, 4_000));
        }
        if (world.chance(0.1)) {
            request.maxCost(world.between(1, 4_000) / 1_000_000.0);
        }
    }

    private void troubles() {
        long count = world.between(0, 6);
        for (int i = 0; i < count; i++) {
            long atMs = world.between(0, 60_000);
            switch ((int) world.between(0, 3)) {
                case 0 ->
                        world.after(
                                atMs, () -> world.oneOf(workers).kill(world.between(500, 20_000)));
                case 1 ->
                        world.after(
                                atMs,
                                () -> world.oneOf(workers).freeze(world.between(1_000, 90_000)));
                case 2 -> world.after(atMs, () -> dispatcher.crash(world.between(10, 4_000)));
                default ->
                        world.after(
                                atMs, () -> groups.values().forEach(ShareGroup::brokerRestarts));
            }
        }
    }

    private void everyonePolls() {
        workers.forEach(SimulatedWorker::poll);
    }

    private Fleet fleet() {
        int slots = 0;
        int busy = 0;
        for (SimulatedWorker worker : workers) {
            slots += worker.live() ? worker.slots() : 0;
            busy += worker.busy();
        }
        return fleets.computeIfAbsent(new Load(slots, busy), History::fleet);
    }

    private static Fleet fleet(Load load) {
        int slots = load.slots();
        int busy = load.busy();
        return new TestingFleet()
                .with("primary", List.of("primary"), slots, busy)
                .with("quick", List.of("fast"), slots, busy)
                .with("spare", List.of("fast"), slots, busy)
                .with("ear", List.of(), Set.of("embedding", "rerank"), 4_096, slots, busy)
                .with("eye", List.of(), Set.of("classify"), 1, slots, busy)
                .buildAt(new Price(1, 2));
    }

    private final class Outside implements SimulatedDispatcher.Outside {
        @Override
        public void release(QueueCommand.Release release) {
            @Nullable ShareGroup group = groups.get(release.job().model());
            if (group == null) {
                throw new AssertionError("no topic of " + release.job().model());
            }
            group.append(release);
        }

        @Override
        public void cancel(Command.CancelAttempt cancel) {
            workers.forEach(worker -> worker.cancel(cancel));
        }

        @Override
        public void undo(Compensation compensation) {
            participant.ask(compensation);
        }
    }
}
