package dev.brigade.standalone.up;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells a person what is waited for: when it has lasted a while, and then only when it changes. */
final class Progress {

    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Consumer<String> say;
    private final long start = System.nanoTime();
    private String last = "";

    Progress(Consumer<String> say) {
        this.say = say;
    }

    void at(String line) {
        if (System.nanoTime() - start > QUIET.toNanos() && !line.equals(last)) {
            say.accept(line);
            last = line;
        }
    }
}
