package dev.brigade.rest.http;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Lets in only so many calls at the same time. */
@Component
public final class Admission {

    private final Semaphore places;

    Admission(RestProperties properties) {
        this.places = new Semaphore(properties.maxConcurrentRequests());
    }

    /**
     * A place, which must be closed.
     *
     * @throws ApiException {@code too_many_requests} when there is none
     */
    public Place enter() {
        if (!places.tryAcquire()) {
            throw new ApiException(
                    ApiError.of(ErrorCode.TOO_MANY_REQUESTS, "Too many requests are open here"));
        }
        return places::release;
    }

    /** A place of one call. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {

        @Override
        void close();
    }
}
