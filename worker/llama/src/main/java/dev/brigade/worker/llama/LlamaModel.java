package dev.brigade.worker.llama;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A GGUF model in an engine process.
 *
 * <p>A permit stands for a slot of the engine. It is taken before a request goes to the engine and
 * given back when the engine is done with the request or gone, which may be after the call has
 * returned.
 */
public final class LlamaModel implements TextModel {

    private static final long PERMIT_POLL_MS = 20;

    private final EngineSupervisor supervisor;
    private final ModelFacts facts;
    private final RequestCheck check;
    private final EngineSettings settings;
    private final Semaphore permits;

    LlamaModel(
            EngineSupervisor supervisor,
            ModelFacts facts,
            RequestCheck check,
            EngineSettings settings,
            int slots) {
        this.supervisor = supervisor;
        this.facts = facts;
        this.check = check;
        this.settings = settings;
        this.permits = new Semaphore(slots, true);
    }

    /** The engine process; empty while there is none that takes requests. */
    public Optional<ProcessHandle> engine() {
        return supervisor.engine().map(EngineProcess::handle);
    }

    /** What the model is; its memory is what the engine process has resident now. */
    @Override
    public ModelFacts facts() {
        long memoryMb =
                engine().map(ResidentMemory::ofMb).filter(mb -> mb > 0).orElse(facts.memoryMb());
        return ModelFacts.ofText(
                facts.contextLength(),
                facts.capabilities(),
                memoryMb,
                facts.fileDigest(),
                facts.parameters(),
                facts.quantization());
    }

    @Override
    public Health health() {
        return supervisor.health();
    }

    @Override
    public Outcome generate(
            GenerationRequest request, TokenSink sink, Cancellation cancellation, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        return switch (check.check(request)) {
            case RequestCheck.Verdict.Unfit(Outcome.Failed failed) -> failed;
            case RequestCheck.Verdict.Fit(GenerationRequest fit) ->
                    admit(cancellation, deadlineNanos)
                            .orElseGet(() -> run(fit, sink, cancellation, deadlineNanos));
        };
    }

    @Override
    public void close() {
        supervisor.close();
    }

    /** Takes a permit, or says why there is none. */
    private Optional<Outcome> admit(Cancellation cancellation, long deadlineNanos) {
        try {
            while (true) {
                if (cancellation.isCancelled()) {
                    return Optional.of(cancelledBefore());
                }
                if (supervisor.engine().isEmpty()) {
                    return Optional.of(noEngine());
                }
                if (permits.tryAcquire(PERMIT_POLL_MS, TimeUnit.MILLISECONDS)) {
                    return Optional.empty();
                }
                if (deadlineNanos - System.nanoTime() <= 0) {
                    return Optional.of(
                            new Outcome.Failed(
                                    ErrorCode.DEADLINE_EXCEEDED,
                                    "the time ran out before a slot was free",
                                    false));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(cancelledBefore());
        }
    }

    private Outcome run(
            GenerationRequest request,
            TokenSink sink,
            Cancellation cancellation,
            long deadlineNanos) {
        Optional<EngineProcess> running = supervisor.engine();
        if (running.isEmpty()) {
            permits.release();
            return noEngine();
        }
        EngineProcess engine = running.get();
        Exchange exchange = engine.submit(request, permits::release);
        return new Call(engine, exchange, sink, cancellation, settings.cancelGrace(), deadlineNanos)
                .run();
    }

    private Outcome.Failed noEngine() {
        if (supervisor.isClosing()) {
            return new Outcome.Failed(
                    ErrorCode.WORKER_STOPPING, "the model is being unloaded", false);
        }
        return new Outcome.Failed(
                ErrorCode.ENGINE_ERROR,
                supervisor.health() == Health.FAILED
                        ? "the model's engine is down"
                        : "the model's engine is being started again",
                false);
    }

    private static Outcome cancelledBefore() {
        return new Outcome.Cancelled(new Outcome.Usage(0, 0, -1));
    }
}
