package dev.brigade.demo.vision;

import dev.brigade.demo.drawing.Use;
import dev.brigade.demo.vision.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Calibrates and measures a trained classifier through ONNX Runtime, and writes what belongs beside
 * {@code model.onnx}: {@code MeasureVisionModel <folder> [side]}.
 */
public final class MeasureVisionModel {

    private MeasureVisionModel() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int side = args.length > 1 ? Integer.parseInt(args[1]) : VisionPlan.SHIPPED.side();
        try (VisionModel model = VisionModel.open(folder.resolve("model.onnx"))) {
            Calibration calibration =
                    Calibration.fitted(Scored.all(model, calibrationPictures(side)));
            calibration.write(folder.resolve("calibration.json"));
            Files.writeString(folder.resolve("config.json"), VisionCard.CONFIG);
            Files.writeString(
                    folder.resolve("preprocessor_config.json"), VisionCard.preprocessor(side));
            VisionCard card =
                    new VisionCard(
                            side,
                            Files.size(folder.resolve("model.onnx")),
                            calibration,
                            Scored.all(model, testPictures(Use.LEARN, side)),
                            Scored.all(model, testPictures(Use.TEST, side)));
            Files.writeString(folder.resolve("README.md"), card.text());
            System.out.println(card.text());
        }
    }

    static List<Example> testPictures(Use use, int side) {
        int perKind =
                use == Use.LEARN
                        ? VisionPlan.TEST_PER_LEARNT_KIND
                        : VisionPlan.TEST_PER_HELD_OUT_KIND;
        return Examples.draw(use, perKind, side, VisionPlan.TEST_SEED);
    }

    static List<Example> calibrationPictures(int side) {
        List<Example> all =
                new ArrayList<>(
                        Examples.draw(
                                Use.LEARN,
                                VisionPlan.CALIBRATION_PER_LEARNT_KIND,
                                side,
                                VisionPlan.CALIBRATION_SEED));
        all.addAll(
                Examples.draw(
                        Use.CALIBRATE,
                        VisionPlan.CALIBRATION_PER_OTHER_KIND,
                        side,
                        VisionPlan.CALIBRATION_SEED));
        return all;
    }
}
