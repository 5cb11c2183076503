package dev.brigade.rest.batches;

import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.Turn;
import dev.brigade.rest.ledger.TurnLostException;
import dev.brigade.schema.BatchJob;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** While this instance has the turn, works on every open batch, the oldest first. */
@Component
final class BatchRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofDays(30);

    private final BatchKit kit;
    private final Map<String, BatchRun> runs = new HashMap<>();
    private Optional<Turn> current = Optional.empty();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    BatchRunner(BatchKit kit) {
        this.kit = kit;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("brigade-batches").start(this::keepOn);
    }

    private void keepOn() {
        try {
            while (running) {
                look();
                TimeUnit.NANOSECONDS.sleep(kit.properties.look().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
        }
    }

    private void look() {
        try {
            Optional<Turn> turn = kit.ledger.turn();
            if (!turn.equals(current)) {
                letGo();
                current = turn;
            }
            turn.ifPresent(this::look);
        } catch (TurnLostException | ApiException e) {
            log.debug("not looked for batches: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("batches are not looked for", e);
        }
    }

    private void look(Turn turn) {
        runs.entrySet()
                .removeIf(run ->
                        run.getValue().mayBeTriedAgain()
                                || (run.getValue().isOver() && !isOpen(run.getKey())));
        long free =
                kit.properties.atOnce()
                        - runs.values().stream().filter(run -> !run.isOver()).count();
        List<BatchJob> next =
                kit.ledger.records().batches().stream()
                        .filter(job -> !BatchState.isEnd(job.getStatus()))
                        .filter(job -> !runs.containsKey(job.getId()))
                        .sorted(Comparator.comparingLong(BatchJob::getCreatedAt))
                        .limit(Math.max(0, free))
                        .toList();
        next.forEach(job -> begin(job, turn));
        forgetOld(turn);
    }

    private boolean isOpen(String id) {
        return kit.ledger
                .records()
                .batch(id)
                .filter(job -> !BatchState.isEnd(job.getStatus()))
                .isPresent();
    }

    private void begin(BatchJob job, Turn turn) {
        BatchRun run = new BatchRun(kit, turn, job);
        runs.put(job.getId(), run);
        Thread.ofVirtual().name("brigade-batch").start(run);
    }

    private void forgetOld(Turn turn) {
        long oldest = kit.clock.millis() - KEPT.toMillis();
        List<String> old =
                kit.ledger.records().batches().stream()
                        .filter(job -> BatchState.isEnd(job.getStatus()))
                        .filter(job -> job.getExpiresAt() < oldest)
                        .map(BatchJob::getId)
                        .toList();
        for (String id : old) {
            turn.write(List.of(Entry.withoutBatch(id), Entry.withoutCancel(id)));
        }
    }

    private void letGo() {
        runs.values().forEach(BatchRun::letGo);
        runs.clear();
    }

    /** Leaves every batch as it is; who has the turn next goes on. */
    @Override
    public void stop() {
        running = false;
        Thread working = thread;
        if (working != null) {
            working.interrupt();
            try {
                working.join(CLOSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
