package dev.brigade.demo.vision;

import dev.brigade.demo.drawing.Kind;
import dev.brigade.demo.drawing.Label;
import dev.brigade.demo.drawing.Use;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The model card and the other files beside the classifier.
 *
 * @param known fresh drawings of learnt kinds
 * @param unseen drawings of kinds that were never learnt
 */
record VisionCard(
        int side, long bytes, Calibration calibration, List<Scored> known, List<Scored> unseen) {

    static final String CONFIG =
            """
            {
              "architectures": ["BrigadeDemoVision"],
              "id2label": {"0": "technical", "1": "discard"},
              "label2id": {"technical": 0, "discard": 1},
              "num_labels": 2
            }
            """;

    private static final String PREPROCESSOR =
            """
            {
              "do_resize": true,
              "size": {"height": %d, "width": %d},
              "resample": 2,
              "do_center_crop": false,
              "do_rescale": true,
              "rescale_factor": 0.00392156862745098,
              "do_normalize": true,
              "image_mean": [0.5, 0.5, 0.5],
              "image_std": [0.5, 0.5, 0.5]
            }
            """;

    private static final String TEXT =
            """
            # brigade-demo-vision

            This is a demo model: it lets a fresh Brigade classify pictures as `technical` (diagrams,
            charts, code, schematics, slides, screens) or `discard` (photographs, logos, memes,
            stickers, empty and blurred pictures). **It has only ever seen pictures drawn by a
            program**, no photograph and no real screenshot. What it says about real pictures was not
            measured; use a model trained on your own pictures for work.

            | | |
            |---|---|
            | architecture | six convolutions with ReLU, mean and maximum over places, one linear layer |
            | parameters | %s |
            | file | `model.onnx`, %s bytes, operators 17, any number of pictures at once |
            | input | `pixel_values`, red, green, blue, %d x %d, each from -1 to 1 |
            | output | `logits` of technical and discard |
            | temperature, threshold | %s, %s (`calibration.json`) |
            | training | %s drawings of %d kinds, moved, mirrored and relit; %d steps of %d, Adam, learning rate %s, half cosine; dropout; labels smoothed; the step with the least loss on the calibration drawings was kept |
            | seed | %d |

            ## Measured

            Through ONNX Runtime. *Known kinds* are fresh drawings of the kinds it learnt. *Unseen
            kinds* are whole kinds of drawing that were never used in training or calibration; they
            tell more about what to expect of new pictures. Drawings of six further kinds (%s), also
            never learnt, set temperature and threshold together with fresh ones of the learnt kinds.

            | | known kinds | unseen kinds |
            |---|---|---|
            | drawings | %d | %d |
            | right | %s | %s |
            | at the threshold: answered | %s | %s |
            | at the threshold: right of those | %s | %s |
            | expected calibration error | %s | %s |

            ### Confusion

            | | known: said technical | known: said discard | unseen: said technical | unseen: said discard |
            |---|---|---|---|---|
            | technical | %d | %d | %d | %d |
            | discard | %d | %d | %d | %d |

            ### Unseen kinds, one by one

            %s
            ### Known kinds, one by one

            %s
            ### Reliability on unseen kinds

            Calibrated probability of the answer given, against the share of right answers.

            %s
            ### Reliability on known kinds

            %s
            ## Limits

            - Everything was drawn by `dev.brigade.demo.drawing`: a few fonts, simple shapes, textures
              of noise. Real photographs and screens differ from these in ways that no figure here
              shows.
            - "Technical" is what these kinds are. A scanned letter, a map, a comic or a photograph of
              a whiteboard is none of them, and the answer is arbitrary.
            - Pictures are squeezed to a square of %d pixels: small text is a grey texture there, and
              very long or tall pictures lose their shapes.
            - Probabilities are calibrated on drawings; on other pictures they are too high.

            ## Reproduced by

            `TrainVisionModel` and `MeasureVisionModel`; the README of the module names the commands.
            Seeds are fixed, but other fonts on a machine make other drawings and so another file. This
            card is written by `MeasureVisionModel`.
            """;

    static String preprocessor(int side) {
        return String.format(Locale.ROOT, PREPROCESSOR, side, side);
    }

    String text() {
        VisionPlan plan = VisionPlan.SHIPPED;
        long learnt = Arrays.stream(Kind.values()).filter(VisionCard::isLearnt).count();
        String calibrating =
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.use() == Use.CALIBRATE)
                        .map(Kind::text)
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                TEXT,
                String.format(Locale.ROOT, "%,d", Convolution.parameters()),
                String.format(Locale.ROOT, "%,d", bytes),
                side,
                side,
                String.format(Locale.ROOT, "%.2f", calibration.temperature()),
                String.format(Locale.ROOT, "%.2f", calibration.threshold()),
                String.format(Locale.ROOT, "%,d", learnt * plan.perKind()),
                learnt,
                plan.steps(),
                plan.batch(),
                plan.rate(),
                plan.seed(),
                calibrating,
                known.size(),
                unseen.size(),
                percent(Share.right(known)),
                percent(Share.right(unseen)),
                percent(answered(known)),
                percent(answered(unseen)),
                percent(Share.right(Share.above(known, calibration))),
                percent(Share.right(Share.above(unseen, calibration))),
                error(known),
                error(unseen),
                said(known, Label.TECHNICAL, Label.TECHNICAL),
                said(known, Label.TECHNICAL, Label.DISCARD),
                said(unseen, Label.TECHNICAL, Label.TECHNICAL),
                said(unseen, Label.TECHNICAL, Label.DISCARD),
                said(known, Label.DISCARD, Label.TECHNICAL),
                said(known, Label.DISCARD, Label.DISCARD),
                said(unseen, Label.DISCARD, Label.TECHNICAL),
                said(unseen, Label.DISCARD, Label.DISCARD),
                kinds(unseen),
                kinds(known),
                Reliability.of(unseen, calibration.temperature()).table(),
                Reliability.of(known, calibration.temperature()).table(),
                side);
    }

    private static boolean isLearnt(Kind kind) {
        return kind.use() == Use.LEARN;
    }

    private double answered(List<Scored> scored) {
        return (double) Share.above(scored, calibration).size() / scored.size();
    }

    private String error(List<Scored> scored) {
        return String.format(
                Locale.ROOT, "%.3f", Reliability.of(scored, calibration.temperature()).error());
    }

    private static long said(List<Scored> scored, Label label, Label said) {
        return scored.stream().filter(s -> s.kind().label() == label && s.said() == said).count();
    }

    private static String kinds(List<Scored> scored) {
        StringBuilder table = new StringBuilder("| kind | label | right |\n|---|---|---|\n");
        for (Kind kind : Kind.values()) {
            List<Scored> of = scored.stream().filter(one -> one.kind() == kind).toList();
            if (!of.isEmpty()) {
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %s | %d of %d |%n",
                                kind.text(),
                                kind.label().text(),
                                of.stream().filter(Scored::right).count(),
                                of.size()));
            }
        }
        return table.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
