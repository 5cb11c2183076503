package dev.brigade.demo.vision;

import dev.brigade.demo.drawing.Kind;
import dev.brigade.demo.drawing.Label;
import dev.brigade.demo.vision.Examples.Example;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model said to a picture.
 *
 * @param margin how much the score of technical is above that of discard
 */
record Scored(Kind kind, double margin) {

    static List<Scored> all(VisionModel model, List<Example> examples) {
        float[][] scores = model.scores(examples);
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            all.add(new Scored(examples.get(i).kind(), scores[i][0] - scores[i][1]));
        }
        return all;
    }

    Label said() {
        return margin > 0 ? Label.TECHNICAL : Label.DISCARD;
    }

    boolean right() {
        return said() == kind.label();
    }

    /** Probability of what it said. */
    double confidence(double temperature) {
        return 1 / (1 + Math.exp(-Math.abs(margin) / temperature));
    }

    /** Minus the logarithm of the probability of what is right. */
    double loss(double temperature) {
        double towards = kind.label() == Label.TECHNICAL ? margin : -margin;
        return Math.log1p(Math.exp(-towards / temperature));
    }
}
