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
}
