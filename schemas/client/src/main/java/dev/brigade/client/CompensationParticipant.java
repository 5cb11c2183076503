package dev.brigade.client;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A participant of sagas: reads the compensations on a preset's {@code compensation_topic}, has
 * them undone by the application's handler, and answers. Several in one consumer group share the
 * work.
 *
 * <p>A compensation is done with once its answer is stored: until then it is delivered again, after
 * a crash of this program too. A record that is no compensation becomes a dead letter and holds up
 * nobody. While Kafka is away the participant keeps trying and says so in the log.
 */
public final class CompensationParticipant implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CompensationLoop loop;
    private final Duration closeTimeout;
    private final CompletableFuture<Void> stopped;

    private CompensationParticipant(
            CompensationLoop loop, Duration closeTimeout, CompletableFuture<Void> stopped) {
        this.loop = loop;
        this.closeTimeout = closeTimeout;
        this.stopped = stopped;
    }

    /**
     * Begins to work on a thread of its own, a daemon.
     *
     * @throws org.apache.kafka.common.KafkaException when the settings of Kafka's clients are wrong
     */
    public static CompensationParticipant start(
            ParticipantSettings settings, CompensationHandler handler) {
        Thread.Builder threads =
                Thread.ofPlatform().daemon().name("brigade-participant-" + settings.topic());
        return start(settings, handler, threads::start);
    }

    /**
     * As {@link #start(ParticipantSettings, CompensationHandler)}, on a thread of the executor that
     * it keeps until it is closed.
     */
    public static CompensationParticipant start(
            ParticipantSettings settings, CompensationHandler handler, Executor executor) {
        CompensationLoop loop =
                new CompensationLoop(
                        settings.topic(),
                        KafkaProperties.participantConsumer(settings),
                        KafkaProperties.participantProducer(settings),
                        new AvroWire(
                                SchemaRegistry.of(
                                        Optional.ofNullable(settings.schemaRegistryUrl()))),
                        handler,
                        Clock.systemUTC(),
                        PAUSE);
        return start(loop, settings.closeTimeout(), executor);
    }

    static CompensationParticipant start(
            CompensationLoop loop, Duration closeTimeout, Executor executor) {
        return new CompensationParticipant(
                loop, closeTimeout, CompletableFuture.runAsync(loop, executor));
    }

    /** Done when it works no more; ends with the cause if that was not {@link #close}. */
    public CompletableFuture<Void> stopped() {
        return stopped.copy();
    }

    /**
     * Takes no new compensation and waits for the one in work. A handler that does not end in most
     * of the time to close is interrupted; its compensation comes again.
     */
    @Override
    public void close() {
        loop.close();
        if (!stops(closeTimeout.multipliedBy(3).dividedBy(4))) {
            loop.interrupt();
            stops(closeTimeout.dividedBy(4));
        }
    }

    private boolean stops(Duration within) {
        try {
            stopped.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // It stopped; stopped() tells why.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
