package dev.brigade.dispatcher.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.ConfigException;
import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.UndoLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

final class DispatcherSettingsTest {

    private static final String PREFIX = "brigade.dispatcher";

    @Test
    void participantsGetAFewMinutesByDefault() {
        assertThat(settings(Map.of()).limits().undoing()).isEqualTo(UndoLimits.DEFAULTS);
        assertThat(settings(Map.of()).limits().landingMs()).isEqualTo(Limits.DEFAULTS.landingMs());
    }

    @Test
    void everySettingOfCompensationReachesTheCore() {
        var settings =
                settings(
                        Map.of(
                                PREFIX + ".compensation.attempts", "2",
                                PREFIX + ".compensation.first-backoff", "3s",
                                PREFIX + ".compensation.max-backoff", "4m",
                                PREFIX + ".compensation.answer-timeout", "50s"));

        assertThat(settings.limits().undoing())
                .isEqualTo(new UndoLimits(2, 3_000, 240_000, 50_000));
    }

    @ParameterizedTest
    @CsvSource({
        "compensation.attempts, 0, 1 to 20",
        "compensation.attempts, 21, 1 to 20",
        "compensation.first-backoff, 0ms, 1ms to 60s",
        "compensation.first-backoff, 61s, 1ms to 60s",
        "compensation.max-backoff, 61m, 1ms to 3600s",
        "compensation.answer-timeout, 0ms, 1ms to 3600s",
        "idempotency-window, 1s, 60s to 604800s",
        "batch-deadline, 25h, 1s to 86400s"
    })
    void whatIsOutOfBoundsIsRefusedByName(String name, String value, String range) {
        assertThatThrownBy(() -> settings(Map.of(PREFIX + "." + name, value)))
                .rootCause()
                .hasMessageStartingWith(PREFIX + "." + name + " must be " + range);
    }

    @Test
    void aConfigurationThatCannotBeUsedIsNamedBeforeAnythingStarts(@TempDir Path folder)
            throws IOException {
        Files.copy(Path.of("../../config/routing.yaml"), folder.resolve("routing.yaml"));
        Files.writeString(folder.resolve("orchestration.yaml"), "critique: {threshold: 7}\n");
        var settings = settings(Map.of(PREFIX + ".config-dir", folder.toString()));

        assertThatThrownBy(() -> new Dispatcher(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("orchestration.yaml")
                .hasMessageContaining("threshold")
                .hasMessageContaining("0 to 1");
    }

    static DispatcherSettings settings(Map<String, String> properties) {
        return new Binder(
                        List.of(new MapConfigurationPropertySource(properties)),
                        null,
                        ApplicationConversionService.getSharedInstance())
                .bindOrCreate(PREFIX, DispatcherSettings.class);
    }
}
