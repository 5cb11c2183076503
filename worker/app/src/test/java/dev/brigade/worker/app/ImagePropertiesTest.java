package dev.brigade.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.images.ImageSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ImagePropertiesTest {

    @Test
    void withoutSettingsNoFileMayBeRead() {
        assertThat(bind(Map.of()).settings()).isEqualTo(ImageSettings.defaults());
        assertThat(bind(Map.of("roots", "")).settings().roots()).isEmpty();
    }

    @Test
    void everySettingIsMapped(@TempDir Path one, @TempDir Path two) {
        ImageProperties bound =
                bind(
                        Map.of(
                                "roots", one + "," + two,
                                "max-pixels", "1000",
                                "max-frames", "2",
                                "max-bytes", "3MB",
                                "check-extension", "false",
                                "decoders", "5"));

        assertThat(bound.settings())
                .isEqualTo(new ImageSettings(List.of(one, two), 1_000, 2, 3 << 20, false, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "roots, images, (INFERENCE_IMAGE_ROOTS) must be absolute folders that exist",
        "roots, /no/such/folder, (INFERENCE_IMAGE_ROOTS) must be absolute folders that exist",
        "max-pixels, 0, brigade.worker.images.max-pixels must be 1 to 500000000",
        "max-frames, 10001, brigade.worker.images.max-frames must be 1 to 10000",
        "max-bytes, 3GB, brigade.worker.images.max-bytes must be 1 to",
        "decoders, 257, brigade.worker.images.decoders must be 1 to 256"
    })
    void aSettingOutOfBoundsNamesItselfAndItsRange(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .hasMessageContaining(message);
    }

    private static ImageProperties bind(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("brigade.worker.images." + name, value));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("brigade.worker.images", ImageProperties.class);
    }
}
