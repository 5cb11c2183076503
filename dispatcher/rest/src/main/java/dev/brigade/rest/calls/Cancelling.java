package dev.brigade.rest.calls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels a request whose client has gone, so that nobody generates for nobody. */
public final class Cancelling {

    private static final Logger log = LoggerFactory.getLogger(Cancelling.class);

    private Cancelling() {}

    /**
     * Returns at once; a wish that could not be stored is logged, and the deadline then ends it.
     */
    public static void cancel(Pending<?> pending) {
        var _ =
                pending.canceller()
                        .get()
                        .whenComplete((done, error) -> {
                            if (error != null) {
                                log.warn(
                                        "request {} could not be cancelled",
                                        pending.requestId(),
                                        error);
                            }
                        });
    }
}
