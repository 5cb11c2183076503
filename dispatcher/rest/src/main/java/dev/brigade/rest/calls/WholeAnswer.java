package dev.brigade.rest.calls;

import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.RestProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.rest.http.ClientGoneException;
import dev.brigade.rest.http.Shutdown;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Waits for a whole answer, as long as somebody waits for it at the other end. */
@Component
public final class WholeAnswer {

    private static final Logger log = LoggerFactory.getLogger(WholeAnswer.class);

    private final Shutdown shutdown;
    private final Duration hangUpCheck;

    WholeAnswer(RestProperties properties, Shutdown shutdown) {
        this.shutdown = shutdown;
        this.hangUpCheck = properties.hangUpCheck();
    }

    /**
     * The answer. The client ends the wait at the request's deadline and a grace.
     *
     * @throws ApiException when there is none
     * @throws ClientGoneException when the client hung up; the request is then cancelled
     */
    public <T> T await(Pending<T> pending, ClientConnection connection) throws ClientGoneException {
        try {
            while (true) {
                try {
                    return pending.answer().get(hangUpCheck.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException notYet) {
                    requireRunning(pending);
                    requirePresent(pending, connection);
                }
            }
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiError.of(ErrorCode.NOT_READY, "The server is stopping"));
        }
    }

    private void requireRunning(Pending<?> pending) {
        if (shutdown.isUnderWay()) {
            pending.detacher().run();
            throw new ApiException(ApiError.of(ErrorCode.NOT_READY, Shutdown.STOPPING));
        }
    }

    private static void requirePresent(Pending<?> pending, ClientConnection connection)
            throws ClientGoneException {
        if (connection.isGone()) {
            log.info("client of request {} hung up", pending.requestId());
            Cancelling.cancel(pending);
            pending.detacher().run();
            throw new ClientGoneException();
        }
    }

    private static RuntimeException failed(ExecutionException e) {
        if (e.getCause() instanceof BrigadeException known) {
            Failure failure = known.failure();
            AnswerLog.failed(failure);
            return new ApiException(ApiError.of(failure));
        }
        if (e.getCause() instanceof ApiException told) {
            return told;
        }
        return new IllegalStateException(e.getCause());
    }
}
