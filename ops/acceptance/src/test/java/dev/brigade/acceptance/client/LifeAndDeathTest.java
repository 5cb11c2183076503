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
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifeAndDeathTest {

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
    void withoutBrigadesTopicsOpeningSaysWhatToStart() {
        try (BrokerProcess bare =
                BrokerProcess.start(BrokerSettings.forTests(SharedBroker.folder()))) {
            ClientSettings settings = ClientSettings.of(bare.bootstrapServers());

            assertThatThrownBy(() -> BrigadeClient.open(settings))
                    .hasMessageContaining("inference.requests does not exist")
                    .hasMessageContaining("start the dispatcher");
        }
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

    @Test
    void aDeadBrokerFailsARequestInTimeAndARestartedOneServesTheSameClient() {
        BrokerProcess broker = SharedBroker.start();
        ClientSettings settings =
                ClientSettings.builder(broker.bootstrapServers())
                        .sendTimeout(Duration.ofSeconds(3))
                        .lookupTimeout(Duration.ofSeconds(3))
                        .connectTimeout(Duration.ofSeconds(12))
                        .build();
        try (BrigadeClient client = BrigadeClient.open(settings)) {
            StreamHandle before = client.stream(ChatRequest.of("before"), new Recorded());
            await().until(() -> client.find(before.requestId()).isPresent());
            broker.kill();

            Failure failure =
                    ClientTest.failureOf(client.stream(ChatRequest.of("down"), new Recorded()));
            assertThat(failure.code()).isEqualTo(ErrorCode.NOT_READY);
            assertThat(failure.outcomeKnown()).isFalse();
            assertThat(failure.message()).contains(broker.bootstrapServers(), "3000 ms");
            assertThatThrownBy(() -> client.find(before.requestId()))
                    .isInstanceOf(BrigadeException.class);

            try (BrokerProcess again = BrokerProcess.start(broker.settings());
                    OtherSide other = new OtherSide(again.bootstrapServers())) {
                other.reply(OtherSide.completed(before.requestId(), "survived"));
                assertThat(ClientTest.answerOf(before)).isEqualTo("survived");
                StreamHandle after = client.stream(ChatRequest.of("after"), new Recorded());
                other.reply(OtherSide.completed(after.requestId(), "goes on"));
                assertThat(ClientTest.answerOf(after)).isEqualTo("goes on");
            }
        } finally {
            broker.close();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("brigade-client-"))
                .count();
    }
}
