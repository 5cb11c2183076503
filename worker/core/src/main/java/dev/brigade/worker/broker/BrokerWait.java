package dev.brigade.worker.broker;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a broker that is not up yet, and says so again and again. */
public final class BrokerWait {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWait.class);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private BrokerWait() {}

    /** Returns when the broker answers. */
    public static void await(Admin admin, String servers) throws InterruptedException {
        boolean waited = false;
        while (!answers(admin)) {
            LOG.warn("Kafka at {} does not answer yet; trying on", servers);
            waited = true;
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        if (waited) {
            LOG.info("Kafka at {} answers", servers);
        }
    }

    /** Does something that the broker must answer, until it is done. */
    public static void untilDone(String trouble, Action action) throws InterruptedException {
        while (true) {
            try {
                action.run();
                return;
            } catch (IllegalStateException e) {
                LOG.warn("{}; trying on: {}", trouble, e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    /**
     * What is to be done; it fails with an {@link IllegalStateException} where it may be tried
     * again.
     */
    public interface Action {
        void run() throws InterruptedException;
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            admin.describeCluster().nodes().get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("no answer", e);
            return false;
        }
    }
}
