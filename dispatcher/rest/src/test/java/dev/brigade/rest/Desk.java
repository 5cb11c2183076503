package dev.brigade.rest;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Answers requests of several servers as dispatcher and workers do: what has a key is computed
 * once, and whoever sends it again gets the first one's answer.
 */
final class Desk {

    /** Keys in the order in which they were computed. */
    final List<String> computed = new CopyOnWriteArrayList<>();

    private final ConcurrentMap<String, Semaphore> jobs = new ConcurrentHashMap<>();
    private final Semaphore mayBeComputed = new Semaphore(0);

    /** Lets so many more keys be computed. */
    void allow(int more) {
        mayBeComputed.release(more);
    }

    /** Answers with what the request says. */
    void answer(TestingRequest request, String text) throws InterruptedException {
        String key = String.valueOf(request.sent().getIdempotencyKey());
        Semaphore fresh = new Semaphore(0);
        Semaphore done = jobs.putIfAbsent(key, fresh);
        if (done == null) {
            mayBeComputed.acquire();
            computed.add(key);
            fresh.release(1_000_000);
        } else {
            done.acquire();
        }
        request.start();
        request.say(text);
        request.done();
    }
}
