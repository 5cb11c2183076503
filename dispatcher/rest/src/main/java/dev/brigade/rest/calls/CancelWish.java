package dev.brigade.rest.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.config.KafkaProperties;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Asks the dispatcher to cancel a request, whoever sent it. */
@Component
public final class CancelWish {

    private final BrigadeConnection connection;
    private final Duration patience;

    CancelWish(BrigadeConnection connection, KafkaProperties properties) {
        this.connection = connection;
        this.patience = properties.lookupTimeout();
    }

    /**
     * Returns when Kafka has stored the wish.
     *
     * @throws ApiException {@code not_ready} when it did not
     */
    public void send(String id) {
        try {
            connection.client().cancel(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ApiException(
                    ApiError.of(ErrorCode.NOT_READY, "Kafka did not take the cancel"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiError.of(ErrorCode.NOT_READY, "The server is stopping"));
        }
    }
}
