package dev.brigade.worker.djl.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.djl.TestingFolder;
import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.images.PictureInput.Resize;
import dev.brigade.worker.images.PictureInput.Size;
import dev.brigade.worker.images.Resampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as the image processors of Hugging Face's library write them. */
class PreprocessorFileTest {

    @TempDir Path root;

    @Test
    void aVisionTransformer() {
        PictureInput input =
                read(
                        """
                        {"do_normalize": true, "do_resize": true, "feature_extractor_type": "ViTFeatureExtractor",
                         "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 224}
                        """);

        assertThat(input)
                .isEqualTo(
                        new PictureInput(
                                Optional.of(new Resize.To(new Size(224, 224))),
                                Resampling.BILINEAR,
                                Optional.empty(),
                                1.0 / 255,
                                List.of(0.5, 0.5, 0.5),
                                List.of(0.5, 0.5, 0.5)));
    }

    @Test
    void aModelThatCutsOutTheMiddle() {
        PictureInput input =
                read(
                        """
                        {"image_processor_type": "MobileNetV2ImageProcessor", "do_center_crop": true,
                         "crop_size": {"height": 224, "width": 200}, "size": {"shortest_edge": 256},
                         "do_resize": true, "resample": 3, "do_rescale": true,
                         "rescale_factor": 0.00392156862745098, "do_normalize": false}
                        """);

        assertThat(input.resize()).contains(new Resize.ShortestEdge(256));
        assertThat(input.crop()).contains(new Size(200, 224));
        assertThat(input.resampling()).isEqualTo(Resampling.BICUBIC);
        assertThat(input.mean()).containsExactly(0.0, 0.0, 0.0);
        assertThat(input.deviation()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void aModelThatKeepsAShareOfTheMiddle() {
        String file =
                "{\"feature_extractor_type\": \"ConvNextFeatureExtractor\", \"crop_pct\": 0.875, \"size\": %d}";

        assertThat(read(file.formatted(224)).resize()).contains(new Resize.ShortestEdge(256));
        assertThat(read(file.formatted(224)).crop()).contains(new Size(224, 224));
        assertThat(read(file.formatted(384)).resize()).contains(new Resize.To(new Size(384, 384)));
    }

    @Test
    void aFileThatLeavesPicturesAsTheyAre() {
        PictureInput input = read("{\"do_resize\": false, \"do_rescale\": false, \"size\": 7}");

        assertThat(input.resize()).isEmpty();
        assertThat(input.crop()).isEmpty();
        assertThat(input.scale()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"do_pad\": true};do_pad is not supported",
                "{\"do_flip_channel_order\": true};do_flip_channel_order is not supported",
                "{\"size\": 0};size must be a whole number from 1 to 4096",
                "{\"size\": \"big\"};size must be a whole number from 1 to 4096",
                "{\"size\": {\"height\": 8}};size: there is no width",
                "{\"do_resize\": true};there is no size",
                "{\"do_center_crop\": true};there is no crop_size",
                "{\"resample\": 6};resample must be a whole number from 0 to 5",
                "{\"do_normalize\": true};there is no image_mean, though it is to normalize",
                "{\"image_mean\": [0, 0], \"image_std\": [1, 1, 1]};image_mean must be a list of 3 numbers",
                "{\"image_mean\": [0, 0, 0], \"image_std\": [1, 0, 1]};image_std must hold numbers of at least",
                "{\"rescale_factor\": 2};rescale_factor must be a number from",
                "{\"do_resize\": 1};do_resize must be true or false",
                "[];no fault",
                "3;is no JSON object or list",
                "{;is no JSON",
            })
    void whatIsWrongIsNamed(String file, String fault) {
        if (fault.equals("no fault")) {
            assertThat(read(file).resize()).isEmpty();
        } else {
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(FolderFault.class)
                    .hasMessageStartingWith("preprocessor_config.json")
                    .hasMessageContaining(fault);
        }
    }

    @Test
    void withoutTheFileTheModelIsRefused() {
        assertThatThrownBy(() -> PreprocessorFile.read(new ModelFolder(root)))
                .isInstanceOf(FolderFault.class)
                .hasMessage(
                        "it lacks preprocessor_config.json,"
                                + " which says how pictures become the model's input");
    }

    private PictureInput read(String file) {
        new TestingFolder(root).file("preprocessor_config.json", file);
        return PreprocessorFile.read(new ModelFolder(root));
    }
}
