package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientSettingsTest {

    @Test
    void defaultsAreAsDocumented() {
        assertThat(ClientSettings.of("localhost:9092"))
                .isEqualTo(
                        new ClientSettings(
                                "localhost:9092",
                                "default",
                                null,
                                "inference.requests",
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(15),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                10_000,
                                64,
                                67_108_864,
                                Optional.empty(),
                                Map.of()));
    }

    @Test
    void everySettingIsTaken() {
        ClientSettings settings =
                ClientSettings.builder("b:1")
                        .tenant("acme")
                        .schemaRegistryUrl("http://registry:8081")
                        .requestTopic("inference.requests.acme")
                        .connectTimeout(Duration.ofSeconds(1))
                        .sendTimeout(Duration.ofSeconds(2))
                        .defaultDeadline(Duration.ofSeconds(3))
                        .replyGrace(Duration.ofSeconds(4))
                        .lookupTimeout(Duration.ofSeconds(5))
                        .closeTimeout(Duration.ofSeconds(6))
                        .maxOpenRequests(7)
                        .maxFollowers(8)
                        .maxStreamedChars(9)
                        .payloads("/payloads")
                        .kafka("a", "1")
                        .kafka(Map.of("b", "2"))
                        .build();

        assertThat(settings)
                .isEqualTo(
                        new ClientSettings(
                                "b:1",
                                "acme",
                                "http://registry:8081",
                                "inference.requests.acme",
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                7,
                                8,
                                9,
                                Optional.of("/payloads"),
                                Map.of("a", "1", "b", "2")));
    }

    @ParameterizedTest
    @MethodSource("outOfBounds")
    void aSettingOutOfBoundsIsRefusedByName(
            String name, UnaryOperator<ClientSettings.Builder> change) {
        ClientSettings.Builder builder = change.apply(ClientSettings.builder("b:1"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name);
    }

    static Stream<Arguments> outOfBounds() {
        return Stream.of(
                of("tenant", b -> b.tenant("")),
                of("requestTopic", b -> b.requestTopic("inference.replies")),
                of("connectTimeout", b -> b.connectTimeout(Duration.ZERO)),
                of("sendTimeout", b -> b.sendTimeout(Duration.ofSeconds(-1))),
                of("defaultDeadline", b -> b.defaultDeadline(Duration.ofDays(3))),
                of("replyGrace", b -> b.replyGrace(Duration.ZERO)),
                of("lookupTimeout", b -> b.lookupTimeout(Duration.ZERO)),
                of("closeTimeout", b -> b.closeTimeout(Duration.ZERO)),
                of("maxOpenRequests", b -> b.maxOpenRequests(0)),
                of("maxFollowers", b -> b.maxFollowers(0)),
                of("maxStreamedChars", b -> b.maxStreamedChars(0)));
    }

    private static Arguments of(String name, UnaryOperator<ClientSettings.Builder> change) {
        return Arguments.of(name, change);
    }
}
