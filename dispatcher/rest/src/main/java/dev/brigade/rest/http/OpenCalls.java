package dev.brigade.rest.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Counts the HTTP calls whose answers are not complete. */
@Component
final class OpenCalls {

    private final AtomicInteger open = new AtomicInteger();

    int count() {
        return open.get();
    }

    void begin() {
        open.incrementAndGet();
    }

    void end() {
        open.decrementAndGet();
    }
}
