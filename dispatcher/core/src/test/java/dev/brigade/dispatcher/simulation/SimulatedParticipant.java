package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.saga.Event;
import java.util.Optional;

/** Undoes effects outside: sometimes it fails, is silent, is slow or answers twice. */
final class SimulatedParticipant {

    private final World world;
    private final SimulatedDispatcher dispatcher;

    SimulatedParticipant(World world, SimulatedDispatcher dispatcher) {
        this.world = world;
        this.dispatcher = dispatcher;
    }

    void ask(Compensation compensation) {
        if (world.chance(0.15)) {
            return;
        }
        boolean succeeds = world.chance(0.6);
        long mostDelayMs = world.chance(0.1) ? 90_000 : 200;
        answer(compensation, succeeds, world.between(1, mostDelayMs));
        if (world.chance(0.1)) {
            answer(compensation, succeeds, world.between(1, 60_000));
        }
    }

    private void answer(Compensation compensation, boolean succeeds, long delayMs) {
        var answer =
                new Event.CompensationAnswered(
                        compensation.requestId(),
                        compensation.id(),
                        compensation.stage(),
                        compensation.attempt(),
                        succeeds,
                        Optional.empty());
        world.after(delayMs, () -> dispatcher.event(answer));
    }
}
