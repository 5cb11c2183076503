package dev.brigade.worker.llama;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.wire.Command;
import dev.brigade.worker.llama.wire.CommandChannel;
import dev.brigade.worker.llama.wire.Report;
import dev.brigade.worker.llama.wire.ReportChannel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine process and the pipes to it.
 *
 * <p>Three threads end with the process: one reads reports, one writes commands (so that a stopped
 * engine whose pipe is full blocks nobody else), one reads standard error. Every request that is
 * open when the process ends is ended by the reader, last thing; later ones are refused.
 */
final class EngineProcess {

    private static final Logger log = LoggerFactory.getLogger(EngineProcess.class);
    private static final int MOST_COMMANDS = 1_024;

    private final String modelId;
    private final Process process;

    /** Commands to write; an empty one closes the pipe, at which the engine ends. */
    private final BlockingQueue<Optional<Command>> outbox = new ArrayBlockingQueue<>(MOST_COMMANDS);

    private final Map<Integer, Exchange> open = new ConcurrentHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger();
    private final Liveness liveness = new Liveness();
    private final CompletableFuture<LoadResult> loaded = new CompletableFuture<>();
    private final Consumer<Report.Stage> progress;
    private final EngineErrors errors;
    private final Thread reader;

    /** Why the engine did not load the model; the reader's own. */
    private Optional<String> refusal = Optional.empty();

    private volatile boolean over;
    private volatile Outcome.Failed lostOutcome =
            new Outcome.Failed(
                    ErrorCode.ENGINE_CRASHED, "the engine process ended in mid-request", true);

    /** How a load ended. */
    sealed interface LoadResult {
        /** The model is ready. */
        record Ready(Report.Loaded loaded) implements LoadResult {}

        /** The engine refused it. */
        record Refused(String message) implements LoadResult {}

        /** The process ended; {@code aborted} says that native code threw or asserted. */
        record Died(String cause, boolean aborted) implements LoadResult {}
    }

    private EngineProcess(String modelId, Process process, Consumer<Report.Stage> progress) {
        this.modelId = modelId;
        this.process = process;
        this.progress = progress;
        this.errors = new EngineErrors(modelId, process.getErrorStream());
        this.reader = thread("reader", this::readReports);
    }

    /** Starts a process and tells it what to load. */
    static EngineProcess start(
            String modelId,
            List<String> commandLine,
            Command.Load load,
            Consumer<Report.Stage> progress)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine);
        EngineCommandLine.environment().forEach(builder.environment()::putIfAbsent);
        Process process = builder.start();
        EngineProcess engine = new EngineProcess(modelId, process, progress);
        engine.send(load);
        engine.thread("stderr", engine.errors::read).start();
        engine.thread("writer", engine::writeCommands).start();
        engine.reader.start();
        return engine;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    CompletableFuture<LoadResult> loaded() {
        return loaded;
    }

    /**
     * Gives a request to the engine.
     *
     * @param onEnd run once, when the engine is done with it or gone
     */
    Exchange submit(GenerationRequest request, Runnable onEnd) {
        int id = nextId.incrementAndGet();
        Exchange exchange =
                new Exchange(
                        id,
                        () -> {
                            open.remove(id);
                            liveness.ended(id);
                            onEnd.run();
                        });
        open.put(id, exchange);
        if (!send(new Command.Generate(id, request))) {
            exchange.end(
                    new Outcome.Failed(ErrorCode.ENGINE_ERROR, "the engine takes nothing", false));
        }
        if (over) { // perhaps just now, after the open ones were ended
            exchange.end(lostOutcome);
        }
        return exchange;
    }

    /** Asks the engine to end a request; its exchange ends when the engine has done so. */
    void cancel(Exchange exchange) {
        if (!exchange.hasEnded() && liveness.cancelling(exchange.id())) {
            send(new Command.Cancel(exchange.id()));
            if (exchange.hasEnded()) { // in between, so that its end was not noted
                liveness.ended(exchange.id());
            }
        }
    }

    /**
     * Asks whether it is alive. False when it has not answered, or not ended a request, in time.
     */
    boolean check(Duration hangTimeout, Duration drainTimeout) {
        liveness.ping().ifPresent(number -> send(new Command.Ping(number)));
        return liveness.isAlive(hangTimeout, drainTimeout);
    }

    /** Waits for the end of the process. */
    boolean awaitEnd(Duration wait) throws InterruptedException {
        return process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS)
                && reader.join(Duration.ofSeconds(5));
    }

    /** Why the process ended. */
    String cause() {
        return errors.cause(process);
    }

    /** Ends all requests with {@code reason}, then the process: by asking, else by force. */
    void stop(Outcome.Failed reason, Duration patience) {
        lostOutcome = reason;
        outbox.clear();
        boolean asked = outbox.offer(Optional.empty());
        endAll();
        if (!asked || !awaitUninterrupted(patience)) {
            kill();
            awaitUninterrupted(patience);
        }
    }

    /** Ends the process at once; requests fail as crashed. */
    void kill() {
        process.destroyForcibly();
    }

    private boolean awaitUninterrupted(Duration wait) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean send(Command command) {
        return outbox.offer(Optional.of(command));
    }

    private Thread thread(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name("engine-" + modelId + "-" + name).unstarted(task);
    }

    private void writeCommands() {
        try (DataOutputStream out = new DataOutputStream(process.getOutputStream())) {
            while (process.isAlive()) {
                Optional<Command> next = outbox.poll(1, TimeUnit.SECONDS);
                if (next == null) {
                    continue;
                }
                if (next.isEmpty()) {
                    return;
                }
                CommandChannel.write(out, next.get());
            }
        } catch (IOException e) {
            // The pipe is broken because the process ends; the reader sees to the rest.
            log.debug("{}: commands ended: {}", modelId, e.toString());
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void readReports() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            Optional<Report> next = ReportChannel.read(in);
            while (next.isPresent()) {
                handle(next.get());
                next = ReportChannel.read(in);
            }
        } catch (IOException e) {
            log.debug("{}: reports ended: {}", modelId, e.toString());
        } finally {
            kill();
            awaitUninterrupted(Duration.ofSeconds(5));
            loaded.complete(failedLoad());
            endAll();
        }
    }

    /** Known when the process and its standard error have ended. */
    private LoadResult failedLoad() {
        errors.awaitEnd();
        return refusal.<LoadResult>map(m -> new LoadResult.Refused(m + errors.lastWords()))
                .orElseGet(() -> new LoadResult.Died(cause(), errors.aborted(process)));
    }

    private void endAll() {
        over = true;
        open.values().forEach(exchange -> exchange.end(lostOutcome));
    }

    private void handle(Report report) {
        switch (report) {
            case Report.Loading(Report.Stage stage) -> progress.accept(stage);
            case Report.Loaded ready -> loaded.complete(new LoadResult.Ready(ready));
            case Report.LoadFailed(String message) -> refusal = Optional.of(message);
            case Report.Pong(long number) -> liveness.pong(number);
            case Report.Piece(int id, String text, int tokens) -> piece(id, text, tokens);
            case Report.Done done -> end(done.id(), outcome(done));
            case Report.Failed(int id, String code, String message) ->
                    end(
                            id,
                            new Outcome.Failed(
                                    ErrorCode.ofWireName(code).orElse(ErrorCode.ENGINE_ERROR),
                                    message,
                                    false));
        }
    }

    private void piece(int id, String text, int tokens) {
        Exchange exchange = open.get(id);
        if (exchange != null && !exchange.add(text, tokens)) {
            cancel(exchange);
        }
    }

    private void end(int id, Outcome outcome) {
        Exchange exchange = open.get(id);
        if (exchange != null) {
            exchange.end(outcome);
        }
    }

    private static Outcome outcome(Report.Done done) {
        Outcome.Usage usage =
                new Outcome.Usage(
                        done.promptTokens(), done.completionTokens(), done.firstTokenMs());
        return switch (done.end()) {
            case STOP -> new Outcome.Finished(Outcome.Reason.STOP, usage);
            case LENGTH -> new Outcome.Finished(Outcome.Reason.LENGTH, usage);
            case CANCELLED -> new Outcome.Cancelled(usage);
        };
    }
}
