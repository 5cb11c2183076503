package dev.brigade.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ChatRequest;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import dev.brigade.contract.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Counts the threads of clients, so no other test may have one. */
@Isolated
class ClosedClientTest {

    @Test
    void withoutABrokerOpeningFailsInTimeAndSaysWhere() {
        ClientSettings settings =
                ClientSettings.builder("127.0.0.1:1").connectTimeout(Duration.ofSeconds(2)).build();
        long begin = System.nanoTime();

        assertThatThrownBy(() -> BrigadeClient.open(settings))
                .isInstanceOfSatisfying(
                        BrigadeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.NOT_READY);
                            assertThat(e.failure().message()).contains("127.0.0.1:1", "2000 ms");
                        });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        await().until(() -> threads() == 0);
    }

    @Test
    void aClosedClientFailsItsOpenRequestsAndLeavesNoThread() {
        BrigadeClient client = BrigadeClient.open(ClientSettings.of(SharedBroker.address()));
        Recorded listener = new Recorded();
        StreamHandle handle = client.stream(ChatRequest.of("x"), listener);
        client.workers();

        client.close();
        client.close();

        Failure failure = ClientTest.failureOf(handle);
        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_READY);
        assertThat(failure.outcomeKnown()).isFalse();
        assertThat(failure.message()).contains("client was closed").contains("find");
        assertThat(listener.events()).containsExactly(failure);
        assertThatThrownBy(() -> client.chat(ChatRequest.of("y")))
                .hasMessageContaining("the client is closed");
        await().until(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("brigade-client-"))
                .count();
    }
}
