package dev.brigade.demo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written means in ONNX Runtime what it is meant to. */
class OnnxGraphTest {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @Test
    void multipliesAnyNumberOfRows() throws OrtException {
        OnnxGraph graph = new OnnxGraph("product");
        graph.realInput("x", "batch", 2).realOutput("y", "batch", 3);
        graph.reals("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3).reals("b", new float[] {0.5f}, 1);
        graph.node("MatMul", List.of("x", "w"), "xw");
        graph.node("Add", List.of("xw", "b"), "y");
        assertThat(rows(graph, new float[] {1, 1}, 1, 2))
                .isEqualTo(new float[][] {{5.5f, 7.5f, 9.5f}});
        assertThat(rows(graph, new float[] {1, 0, 0, 1}, 2, 2))
                .isEqualTo(new float[][] {{1.5f, 2.5f, 3.5f}, {4.5f, 5.5f, 6.5f}});
    }

    @Test
    void writesListsAndNumbersAsAttributes() throws OrtException {
        OnnxGraph graph = new OnnxGraph("convolution");
        graph.realInput("x", "batch", 1, 3, 3).realOutput("y", "batch", 4);
        float[] kernel = {0, 1, 0, 1, 1, 1, 0, 1, 0};
        graph.reals("k", kernel, 1, 1, 3, 3);
        graph.node(
                "Conv",
                List.of("x", "k"),
                "c",
                new OnnxAttribute.Wholes("pads", 1, 1, 1, 1),
                new OnnxAttribute.Wholes("strides", 2, 2));
        graph.node("Flatten", List.of("c"), "y", new OnnxAttribute.Whole("axis", 1));
        float[] picture = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(rows(graph, picture, 1, 1, 3, 3))
                .isEqualTo(new float[][] {{1 + 2 + 4, 3 + 2 + 6, 7 + 4 + 8, 9 + 8 + 6}});
    }

    @Test
    void writesRealAndNegativeAttributes() throws OrtException {
        OnnxGraph graph = new OnnxGraph("norm");
        graph.realInput("x", "batch", 2).realOutput("y", "batch", 2);
        graph.reals("gain", new float[] {1, 1}, 2).reals("shift", new float[] {0, 0}, 2);
        graph.node(
                "LayerNormalization",
                List.of("x", "gain", "shift"),
                "y",
                new OnnxAttribute.Whole("axis", -1),
                new OnnxAttribute.Real("epsilon", 3f));
        assertThat(rows(graph, new float[] {1, 3}, 1, 2)[0][1]).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void readsWholeNumbersAndKeepsLongConstants() throws OrtException {
        OnnxGraph graph = new OnnxGraph("rows");
        graph.wholeInput("ids", "batch").realOutput("y", "batch", 1);
        float[] table = new float[300];
        for (int i = 0; i < table.length; i++) {
            table[i] = i / 2f;
        }
        graph.reals("table", table, 300, 1).wholes("unused", 0, Long.MAX_VALUE);
        graph.node("Gather", List.of("table", "ids"), "y");
        try (OrtSession session = environment.createSession(graph.toByteArray());
                OnnxTensor ids =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[] {299, 0}), new long[] {2});
                OrtSession.Result result = session.run(Map.of("ids", ids))) {
            assertThat(result.get(0).getValue()).isEqualTo(new float[][] {{149.5f}, {0}});
        }
    }

    @Test
    void refusesAConstantOfAnotherSize() {
        OnnxGraph graph = new OnnxGraph("wrong");
        assertThatThrownBy(() -> graph.reals("w", new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("w has 5 values for 6 places");
    }

    private float[][] rows(OnnxGraph graph, float[] x, long... shape) throws OrtException {
        try (OrtSession session = environment.createSession(graph.toByteArray());
                OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            return (float[][]) result.get(0).getValue();
        }
    }
}
