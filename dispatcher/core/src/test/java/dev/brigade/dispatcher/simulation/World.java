package dev.brigade.dispatcher.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Time, chance and the network. One thread; what happens at one instant keeps its order. */
final class World {

    private record Planned(long atMs, long order, Runnable action) implements Comparable<Planned> {

        @Override
        public int compareTo(Planned other) {
            return atMs == other.atMs
                    ? Long.compare(order, other.order)
                    : Long.compare(atMs, other.atMs);
        }
    }

    /** A message on its way. */
    private static final class Flight {
        boolean lost;
    }

    /** Not {@code Random}, whose first draws from neighbouring seeds are nearly equal. */
    private final SplittableRandom random;

    private final PriorityQueue<Planned> plan = new PriorityQueue<>();
    private final Map<String, Long> lastArrival = new HashMap<>();
    private final Map<String, List<Flight>> flights = new HashMap<>();
    private long order;
    private long nowMs;
    private long disturbedUntilMs;

    World(long seed) {
        random = new SplittableRandom(seed);
    }

    long nowMs() {
        return nowMs;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From least to most, both included. */
    long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    void after(long delayMs, Runnable action) {
        plan.add(new Planned(nowMs + delayMs, order++, action));
    }

    /** Sends in order among the messages with one sender. */
    void send(String sender, long mostDelayMs, Runnable arrival) {
        long atMs =
                Math.max(
                        lastArrival.getOrDefault(sender, 0L),
                        nowMs + between(1, Math.max(1, mostDelayMs)));
        lastArrival.put(sender, atMs);
        var flight = new Flight();
        List<Flight> inFlight = flights.computeIfAbsent(sender, _ -> new ArrayList<>());
        inFlight.add(flight);
        plan.add(
                new Planned(
                        atMs,
                        order++,
                        () -> {
                            inFlight.remove(flight);
                            if (!flight.lost) {
                                arrival.run();
                            }
                        }));
    }

    /** A dying sender loses the newest of what it has not yet got out. */
    void loseUnsent(String sender) {
        List<Flight> inFlight = flights.getOrDefault(sender, List.of());
        int kept = (int) between(0, inFlight.size());
        inFlight.subList(kept, inFlight.size()).forEach(flight -> flight.lost = true);
    }

    /** From now until then, promises about speed are off. */
    void disturb(long untilMs) {
        disturbedUntilMs = Math.max(disturbedUntilMs, untilMs);
    }

    boolean calmSince(long ms) {
        return disturbedUntilMs < ms;
    }

    /** Runs until nothing is planned at or before the time. */
    void runUntil(long ms) {
        while (!plan.isEmpty() && plan.element().atMs() <= ms) {
            Planned next = plan.remove();
            nowMs = next.atMs();
            next.action().run();
        }
        nowMs = ms;
    }
}
