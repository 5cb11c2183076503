package dev.brigade.worker.pool;

import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.pool.Place.Failed;
import dev.brigade.worker.pool.Place.Leaving;
import dev.brigade.worker.pool.Place.Loaded;
import dev.brigade.worker.pool.Place.Loading;
import dev.brigade.worker.pool.Place.Unloaded;
import dev.brigade.worker.pool.Serving.Served;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of this worker.
 *
 * <p>Where each model is ({@link Place}) is guarded by this object's lock, and whoever moves one to
 * {@code Loading} or {@code Leaving} alone moves it on; the slow work itself is done outside the
 * lock, on the pool's own threads. Memory is reserved by estimate before a load and counted as the
 * model says after it; a pinned model does not make room, but is unloaded when that is asked for. A
 * model that fails stays out, with its reason, until it is asked for again or its file changes and
 * then stays the same between two looks (so a file is not read while it is still being copied).
 */
public final class ModelPool {

    private static final Logger LOG = LoggerFactory.getLogger(ModelPool.class);
    private static final Duration ROOM_LIMIT = Duration.ofSeconds(60);
    private static final long ROOM_LOOK_MS = 500;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final Map<String, HostedModel> hosted = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    /** Of every model that is being moved, the future of its arrival. */
    private final Map<String, CompletableFuture<Void>> moves = new HashMap<>();

    private final Backends backends;
    private final Serving serving;
    private final Pins pins;
    private final PoolSettings settings;
    private final MeterRegistry meters;
    private final Runnable changed;
    private final ExecutorService loads;
    private final ExecutorService unloads;
    private final ScheduledExecutorService looks;
    private boolean ending;

    /**
     * @param pins models that stay for the sake of requests
     * @param meters where models count
     * @param changed told after every change of a model's place or health; must not block
     */
    public ModelPool(
            Collection<HostedModel> models,
            Backends backends,
            Serving serving,
            Pins pins,
            PoolSettings settings,
            MeterRegistry meters,
            Runnable changed) {
        for (HostedModel model : models) {
            hosted.put(model.id(), model);
            places.put(model.id(), new Unloaded());
        }
        this.backends = backends;
        this.serving = serving;
        this.pins = pins;
        this.settings = settings;
        this.meters = meters;
        this.changed = changed;
        this.loads =
                Executors.newFixedThreadPool(
                        settings.parallelLoads(),
                        Thread.ofPlatform().daemon().name("model-load-", 0).factory());
        this.unloads =
                Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("model-unload-", 0).factory());
        this.looks =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("model-look").factory());
    }

    /** Begins to look after files and engines. */
    public void start() {
        long every = settings.lookInterval().toMillis();
        var _ = looks.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Whether the worker may load a model of this id. */
    public boolean hosts(String id) {
        return hosted.containsKey(id);
    }

    /**
     * Loads a model unless it is loaded already. Done when it is ready or has failed; its status
     * tells which. One that is on its way out is loaded again afterwards.
     */
    public CompletableFuture<Void> load(String id) {
        HostedModel model = Objects.requireNonNull(hosted.get(id), "no such model");
        CompletableFuture<Void> move;
        synchronized (this) {
            Place place = place(id);
            if (place instanceof Leaving && !ending) {
                return move(id).thenCompose(_ -> load(id));
            }
            boolean absent = place instanceof Unloaded || place instanceof Failed;
            if (ending || !absent) {
                return place instanceof Loading ? move(id).copy() : DONE;
            }
            move = depart(id, new Loading(0, 0));
            loads.execute(() -> bring(model));
        }
        changed.run();
        return move.copy();
    }

    /**
     * Unloads a model when its running jobs have ended, or the grace period is over. One that is on
     * its way in is unloaded afterwards.
     */
    public CompletableFuture<Void> unload(String id) {
        CompletableFuture<Void> move = DONE;
        synchronized (this) {
            if (place(id) instanceof Loading && !ending) {
                return move(id).thenCompose(_ -> unload(id));
            }
            Optional<Loaded> left = leave(id);
            if (left.isPresent()) {
                move = move(id);
                unloads.execute(() -> unloaded(id, left.get()));
            }
        }
        changed.run();
        return move.copy();
    }

    /** How every model is. */
    public synchronized List<ModelStatus> statuses() {
        return hosted.values().stream()
                .map(model -> ModelStatus.of(model, place(model.id())))
                .toList();
    }

    /**
     * Unloads everything: no new jobs, running ones end within {@code grace} or fail as retriable.
     * Idempotent.
     */
    public void end(Duration grace) throws InterruptedException {
        synchronized (this) {
            if (!ending) {
                ending = true;
                for (String id : hosted.keySet()) {
                    leave(id).ifPresent(left -> unloads.execute(() -> gone(id, left, grace)));
                }
            }
        }
        changed.run();
        looks.shutdownNow();
        loads.shutdownNow();
        unloads.shutdown();
        if (!unloads.awaitTermination(grace.plus(END_LIMIT).toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.error("some models could not be unloaded in time");
        }
        loads.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void bring(HostedModel model) {
        String id = model.id();
        ModelFile file = ModelFile.look(model.spec().file());
        try {
            Backend backend = backends.named(model.config().backend());
            makeRoom(id, file.estimatedMb());
            LOG.info("loading model {} from {}", id, model.spec().file());
            LoadedModel loaded =
                    backend.load(
                            model.spec(),
                            new BackendContext(meters, percent -> progress(id, percent)));
            serve(model, loaded);
            LOG.info("model {} is ready with {} slots", id, model.spec().slots());
        } catch (ModelLoadException | TopicMismatchException e) {
            fail(id, file, Objects.requireNonNullElse(e.getMessage(), "unknown reason"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(id, file, "the worker is ending");
        } catch (RuntimeException | LinkageError e) {
            LOG.error("model {} could not be loaded", id, e);
            fail(id, file, "unexpected error: " + e);
        }
    }

    private void serve(HostedModel model, LoadedModel loaded) throws InterruptedException {
        Served served;
        try {
            served = serving.begin(model, loaded);
        } catch (RuntimeException | InterruptedException e) {
            loaded.close();
            throw e;
        }
        Loaded arrived = new Loaded(loaded, served);
        boolean late;
        synchronized (this) {
            late = ending;
        }
        if (late) {
            part(model.id(), arrived, Duration.ZERO);
        }
        arrive(model.id(), late ? new Unloaded() : arrived);
    }

    private void fail(String id, ModelFile file, String reason) {
        LOG.error("model {} is not available: {}", id, reason);
        arrive(id, new Failed(reason, file, file));
    }

    private void progress(String id, int percent) {
        synchronized (this) {
            if (place(id) instanceof Loading(long mb, _)) {
                places.put(id, new Loading(mb, percent));
            }
        }
    }

    /** Reserves memory, at the cost of idle models where need be. */
    private void makeRoom(String id, long neededMb)
            throws ModelLoadException, InterruptedException {
        long until = System.nanoTime() + ROOM_LIMIT.toNanos();
        while (System.nanoTime() - until < 0) {
            MemoryPlan plan;
            synchronized (this) {
                plan =
                        MemoryPlan.of(
                                settings.memoryLimitMb(), neededMb, holdings(), System.nanoTime());
                if (plan instanceof MemoryPlan.Fits) {
                    places.put(id, new Loading(neededMb, 0));
                    return;
                }
            }
            switch (plan) {
                case MemoryPlan.Evict(List<String> victims) -> {
                    LOG.info("unloading {} to make room for {}", victims, id);
                    victims.forEach(victim -> evict(victim).ifPresent(l -> unloaded(victim, l)));
                }
                case MemoryPlan.Refuse(String reason) -> throw new ModelLoadException(reason);
                case MemoryPlan.Wait() -> TimeUnit.MILLISECONDS.sleep(ROOM_LOOK_MS);
                case MemoryPlan.Fits() -> throw new IllegalStateException("returned above");
            }
        }
        throw new ModelLoadException("no memory came free within 60 s");
    }

    private List<MemoryPlan.Holding> holdings() {
        List<MemoryPlan.Holding> all = new ArrayList<>();
        places.forEach((id, place) -> {
            boolean idle =
                    place instanceof Loaded(_, var served)
                            && served.running() == 0
                            && !pins.holds(id);
            long lastUsed =
                    place instanceof Loaded(_, var served)
                            ? served.lastUsedNanos()
                            : System.nanoTime();
            all.add(
                    new MemoryPlan.Holding(
                            id, place.memoryMb(), idle, place instanceof Leaving, lastUsed));
        });
        return all;
    }

    /** As {@link #leave}, unless a job that has just ended holds it. */
    private synchronized Optional<Loaded> evict(String id) {
        return pins.holds(id) ? Optional.empty() : leave(id);
    }

    /** Takes a loaded model out of service; empty when it is not loaded. */
    private synchronized Optional<Loaded> leave(String id) {
        if (place(id) instanceof Loaded loaded) {
            var _ = depart(id, new Leaving(loaded.memoryMb()));
            return Optional.of(loaded);
        }
        return Optional.empty();
    }

    private void unloaded(String id, Loaded loaded) {
        gone(id, loaded, settings.unloadGrace());
        LOG.info("model {} is unloaded", id);
    }

    private void gone(String id, Loaded loaded, Duration grace) {
        part(id, loaded, grace);
        arrive(id, new Unloaded());
    }

    private synchronized CompletableFuture<Void> depart(String id, Place on) {
        places.put(id, on);
        CompletableFuture<Void> move = new CompletableFuture<>();
        moves.put(id, move);
        return move;
    }

    private void arrive(String id, Place at) {
        CompletableFuture<Void> move;
        synchronized (this) {
            places.put(id, at);
            move = moves.remove(id);
        }
        changed.run();
        if (move != null) {
            move.complete(null);
        }
    }

    private CompletableFuture<Void> move(String id) {
        return Objects.requireNonNull(moves.get(id));
    }

    private void part(String id, Loaded loaded, Duration grace) {
        try {
            loaded.served().end(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loaded.model().close();
            pins.unloaded(id);
        }
    }

    private void look() {
        for (HostedModel model : hosted.values()) {
            try {
                look(model);
            } catch (RuntimeException e) {
                LOG.error("looking after model {} failed", model.id(), e);
            }
        }
    }

    private void look(HostedModel model) {
        Place place;
        synchronized (this) {
            place = place(model.id());
        }
        if (place instanceof Failed failed) {
            lookAtFile(model, failed);
        } else if (place instanceof Loaded && place.state() == ModelState.FAILED) {
            ModelFile file = ModelFile.look(model.spec().file());
            leave(model.id())
                    .ifPresent(loaded -> {
                        changed.run();
                        part(model.id(), loaded, Duration.ZERO);
                        fail(model.id(), file, "its engine ended again and again");
                    });
        }
    }

    private void lookAtFile(HostedModel model, Failed failed) {
        ModelFile now = ModelFile.look(model.spec().file());
        boolean settled = now.equals(failed.lastLook());
        synchronized (this) {
            if (place(model.id()).equals(failed)) {
                places.put(model.id(), new Failed(failed.reason(), failed.file(), now));
            }
        }
        if (now.exists() && settled && !now.equals(failed.file())) {
            LOG.info("the file of model {} has come or changed", model.id());
            var _ = load(model.id());
        }
    }

    private Place place(String id) {
        return Objects.requireNonNull(places.get(id));
    }
}
