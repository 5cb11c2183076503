package dev.brigade.demo.train;

import ai.djl.ndarray.NDArray;
import dev.brigade.demo.gguf.GgufTensor;
import dev.brigade.demo.gguf.GgufWriter;
import dev.brigade.demo.gguf.LlamaTensors;
import dev.brigade.demo.gguf.RowSource;
import dev.brigade.demo.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** Writes trained weights as a GGUF file. */
final class ModelFile {

    private static final String TEMPLATE =
            "{% for message in messages %}"
                    + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content']"
                    + " + '<|im_end|>' + '\\n' }}"
                    + "{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private ModelFile() {}

    static void write(Path file, Plan plan, Weights weights, BytePairTokenizer tokenizer)
            throws IOException {
        GgufWriter gguf = new GgufWriter();
        plan.shape().describe(gguf, plan.id(), tokenizer.size());
        gguf.put(
                "general.description",
                "Demo model of Brigade, trained on its own small question-answer corpus");
        tokenizer.describe(gguf);
        gguf.put("tokenizer.chat_template", TEMPLATE);
        weights.all().forEach((name, array) -> gguf.add(tensor(plan, name, array)));
        gguf.write(file);
    }

    private static GgufTensor tensor(Plan plan, String name, NDArray array) {
        float[] values = array.toFloatArray();
        if (array.getShape().dimension() == 1) {
            return GgufTensor.vector(name, values);
        }
        int inner = (int) array.getShape().get(1);
        int outer = (int) array.getShape().get(0);
        if (name.equals(LlamaTensors.EMBEDDINGS)) {
            return GgufTensor.matrix(name, plan.type(), outer, inner, values);
        }
        return new GgufTensor(name, plan.type(), inner, outer, column(values, inner));
    }

    /** Row after row of the transposed matrix. */
    private static RowSource column(float[] values, int stride) {
        return (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = values[i * stride + row];
            }
        };
    }
}
