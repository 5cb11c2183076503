package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParticipantSettingsTest {

    @Test
    void everySettingHasADefault() {
        assertThat(ParticipantSettings.of("localhost:9092", "orders.undo", "orders"))
                .isEqualTo(
                        new ParticipantSettings(
                                "localhost:9092",
                                "orders.undo",
                                "orders",
                                null,
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(5),
                                Map.of()));
    }

    @Test
    void everySettingCanBeChanged() {
        assertThat(
                        builder()
                                .schemaRegistryUrl("http://registry")
                                .handlingTimeout(Duration.ofMinutes(60))
                                .sendTimeout(Duration.ofMillis(100))
                                .closeTimeout(Duration.ofSeconds(1))
                                .kafka("security.protocol", "SSL")
                                .build())
                .isEqualTo(
                        new ParticipantSettings(
                                "localhost:9092",
                                "orders.undo",
                                "orders",
                                "http://registry",
                                Duration.ofHours(1),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1),
                                Map.of("security.protocol", "SSL")));
    }

    @ParameterizedTest
    @MethodSource("outOfBounds")
    void aSettingOutOfBoundsIsNamedWithItsRange(
            String rule, UnaryOperator<ParticipantSettings.Builder> change) {
        assertThatThrownBy(() -> change.apply(builder()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rule);
    }

    @Test
    void namesAreChecked() {
        assertThatThrownBy(() -> ParticipantSettings.of(" ", "orders.undo", "orders"))
                .hasMessage("bootstrapServers must not be empty");
        assertThatThrownBy(() -> ParticipantSettings.of("k:1", "orders.undo", ""))
                .hasMessage("group must not be empty");
        assertThatThrownBy(() -> ParticipantSettings.of("k:1", "inference.replies", "orders"))
                .hasMessageStartingWith("a compensation topic is");
    }

    static Stream<Arguments> outOfBounds() {
        return Stream.of(
                change("handlingTimeout", b -> b.handlingTimeout(Duration.ofMillis(99))),
                change("handlingTimeout", b -> b.handlingTimeout(Duration.ofMinutes(61))),
                change("sendTimeout", b -> b.sendTimeout(Duration.ZERO)),
                change("closeTimeout", b -> b.closeTimeout(Duration.ofSeconds(-1))));
    }

    private static Arguments change(
            String name, UnaryOperator<ParticipantSettings.Builder> change) {
        return Arguments.of(name + " must be 100 ms to 1 h", change);
    }

    private static ParticipantSettings.Builder builder() {
        return ParticipantSettings.builder("localhost:9092", "orders.undo", "orders");
    }
}
