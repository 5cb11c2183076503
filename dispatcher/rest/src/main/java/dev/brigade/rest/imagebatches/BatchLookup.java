package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchState;
import dev.brigade.client.RequestState;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.RequestId;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds batches in the log. */
@Component
final class BatchLookup {

    private final BrigadeConnection connection;

    BatchLookup(BrigadeConnection connection) {
        this.connection = connection;
    }

    /**
     * A batch that was found.
     *
     * @param id its own id, not that of one that repeats it
     */
    record Found(String id, BatchState state) {

        boolean isOpen() {
            return state.request() instanceof RequestState.Open;
        }
    }

    /**
     * The batch, or the earlier one that it repeats.
     *
     * @throws ApiException {@code batch_not_found}
     */
    Found find(String id) {
        Found found = lookUp(id);
        return original(found.state())
                .filter(other -> !other.equals(id))
                .map(this::lookUp)
                .orElse(found);
    }

    private Found lookUp(String id) {
        BatchState state =
                connection.client().findBatch(usable(id)).orElseThrow(BatchLookup::notFound);
        return new Found(id, state);
    }

    private static Optional<String> original(BatchState state) {
        return state.request() instanceof RequestState.Ended ended
                ? Optional.ofNullable(ended.reply().getOriginalRequestId())
                : Optional.empty();
    }

    /** The id, where it can be one. */
    static String usable(String id) {
        if (!RequestId.isUsable(id)) {
            throw notFound();
        }
        return id;
    }

    private static ApiException notFound() {
        return new ApiException(
                ApiError.of(ErrorCode.BATCH_NOT_FOUND, "There is no such batch of images"));
    }
}
