package dev.brigade.demo.drawing;

import java.util.List;
import java.util.Random;

/** Chance, by seed. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL);
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return high <= low ? low : low + random.nextInt(high - low + 1);
    }

    double real(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    double gaussian() {
        return random.nextGaussian();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long seed() {
        return random.nextLong();
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
