package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests that were sent and have no answer yet; no more than a limit. */
final class OpenRequests {

    private final Map<String, OpenRequest> byId = new ConcurrentHashMap<>();
    private final Semaphore free;
    private final int most;

    OpenRequests(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    @Nullable OpenRequest get(String id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    /**
     * Adds a request.
     *
     * @throws BrigadeException {@code too_many_requests} at the limit, {@code invalid_request} when
     *     one with the same id is open
     */
    void add(OpenRequest request) {
        if (!free.tryAcquire()) {
            throw new BrigadeException(
                    Failure.certain(
                            null, ErrorCode.TOO_MANY_REQUESTS, most + " requests are open"));
        }
        if (byId.putIfAbsent(request.id(), request) != null) {
            free.release();
            throw new BrigadeException(
                    Failure.certain(
                            null, ErrorCode.INVALID_REQUEST, "a request with this id is open"));
        }
    }

    void remove(OpenRequest request) {
        if (byId.remove(request.id(), request)) {
            free.release();
        }
    }

    void fail(Function<String, Failure> failure) {
        byId.values().forEach(request -> request.fail(failure.apply(request.id())));
    }
}
