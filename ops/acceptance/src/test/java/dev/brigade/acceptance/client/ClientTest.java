package dev.brigade.acceptance.client;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A client on the shared broker and the other side of its topics. Classes take turns: who plays the
 * other side takes every request that comes.
 */
@ResourceLock("the shared broker's requests")
abstract class ClientTest {

    BrigadeClient client;
    OtherSide other;

    @BeforeEach
    void connect() {
        other = new OtherSide(SharedBroker.address());
        client = BrigadeClient.open(settings().build());
    }

    @AfterEach
    void disconnect() {
        client.close();
        other.close();
    }

    ClientSettings.Builder settings() {
        return ClientSettings.builder(SharedBroker.address());
    }

    /** The failure with which a request ends. */
    static Failure failureOf(StreamHandle handle) {
        try {
            throw new AssertionError("an answer: " + handle.answer().get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrigadeException known) {
                return known.failure();
            }
            throw new AssertionError("not a failure of the client", e);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("no failure came", e);
        }
    }

    /** The text with which a request ends. */
    static String answerOf(StreamHandle handle) {
        try {
            return handle.answer().get(20, TimeUnit.SECONDS).text();
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("no answer came", e);
        }
    }
}
