package dev.brigade.worker.djl;

import static dev.brigade.worker.djl.TestingOnnx.FLOAT;
import static dev.brigade.worker.djl.TestingOnnx.FREE;
import static dev.brigade.worker.djl.TestingOnnx.INT64;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.brigade.config.BatchOptions;
import dev.brigade.config.ModelOptions;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Model folders as Hugging Face's tools write them, with networks small enough to reckon by hand.
 */
public final class TestingFolder {

    /** Words of the vocabulary begin here, after [PAD], [UNK], [CLS] and [SEP]. */
    public static final int FIRST_WORD = 4;

    public static final List<String> WORDS =
            List.of("one", "two", "three", "four", "five", "red", "green", "blue", "bad");

    /** Length of vectors. */
    public static final int WIDTH = 8;

    private final Path root;

    public TestingFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public TestingFolder file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestingFolder network(TestingOnnx onnx) {
        onnx.write(root.resolve("model.onnx"));
        return this;
    }

    /**
     * A classifier of red, green and blue by a picture's mean colour, with logits 10 times that.
     */
    public static TestingFolder ofColours(Path root, int size) {
        return new TestingFolder(root)
                .network(
                        colours(size, FREE)
                                .output("logits", FLOAT, FREE, 3)
                                .node("MatMul", List.of("means", "w"), "logits")
                                .weights("w", new float[] {10, 0, 0, 0, 10, 0, 0, 0, 10}, 3, 3))
                .file(
                        "config.json",
                        "{\"id2label\":{\"0\":\"red\",\"1\":\"green\",\"2\":\"blue\"}}")
                .preprocessing(size);
    }

    /** The begin of a classifier: a picture's mean colours, as {@code means}. */
    public static TestingOnnx colours(int size, int batch) {
        return new TestingOnnx()
                .input("pixel_values", FLOAT, batch, 3, size, size)
                .node("GlobalAveragePool", List.of("pixel_values"), "pooled")
                .node("Flatten", List.of("pooled"), "means");
    }

    /** As {@link #ofColours}, as TorchScript: a zip file of a pickled object and its code. */
    public static TestingFolder ofTorchScriptColours(Path root, int size) {
        String code =
                """
                class Net(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Net, x: Tensor) -> Tensor:
                    return torch.mul(torch.mean(x, [2, 3]), 10)
                """;
        String object = "\u0080\u0002c__torch__\nNet\n)\u0081}(X\b\0\0\0training\u0089ub.";
        Map<String, String> parts =
                Map.of(
                        "data.pkl",
                        object,
                        "code/__torch__.py",
                        code,
                        "constants.pkl",
                        "\u0080\u0002).",
                        "version",
                        "3\n");
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(root.resolve("model.pt")))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry("model/" + part.getKey()));
                zip.write(part.getValue().getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestingFolder(root).file("labels.txt", "red\ngreen\nblue\n").preprocessing(size);
    }

    public TestingFolder preprocessing(int size) {
        return file(
                "preprocessor_config.json",
                """
                {"do_resize": true, "size": {"height": %d, "width": %d}, "resample": 2,
                 "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": false}
                """
                        .formatted(size, size));
    }

    /** An embedding model whose tokens have the vectors of {@link #vector}. */
    public static TestingFolder ofEmbeddings(Path root) {
        return new TestingFolder(root)
                .network(
                        embeddings()
                                .output("last_hidden_state", FLOAT, FREE, FREE, WIDTH)
                                .node("Gather", List.of("table", "input_ids"), "last_hidden_state"))
                .tokenizer()
                .file("config.json", "{\"max_position_embeddings\": 64, \"vocab_size\": 13}");
    }

    /** The begin of a text model: its inputs, and {@code table} with the vectors of all tokens. */
    public static TestingOnnx embeddings() {
        float[] table = new float[(FIRST_WORD + WORDS.size()) * WIDTH];
        for (int id = 0; id < FIRST_WORD + WORDS.size(); id++) {
            System.arraycopy(vector(id), 0, table, id * WIDTH, WIDTH);
        }
        return new TestingOnnx()
                .input("input_ids", INT64, FREE, FREE)
                .input("attention_mask", INT64, FREE, FREE)
                .weights("table", table, FIRST_WORD + WORDS.size(), WIDTH);
    }

    /** A reranker whose logit is the sum of the tokens' ids, less 30. */
    public static TestingFolder ofScores(Path root) {
        float[] ids = new float[FIRST_WORD + WORDS.size()];
        for (int id = 0; id < ids.length; id++) {
            ids[id] = id;
        }
        return new TestingFolder(root)
                .network(
                        new TestingOnnx()
                                .input("input_ids", INT64, FREE, FREE)
                                .input("attention_mask", INT64, FREE, FREE)
                                .input("token_type_ids", INT64, FREE, FREE)
                                .output("logits", FLOAT, FREE, 1)
                                .weights("ids", ids, ids.length)
                                .weights("less", new float[] {-30}, 1)
                                .numbers("axis", 1)
                                .node("Gather", List.of("ids", "input_ids"), "values")
                                .node("Cast", List.of("attention_mask"), "mask", "to", FLOAT)
                                .node("Mul", List.of("values", "mask"), "masked")
                                .node("ReduceSum", List.of("masked", "axis"), "sum")
                                .node("Add", List.of("sum", "less"), "logits"))
                .tokenizer()
                .file(
                        "config.json",
                        """
                        {"architectures": ["BertForSequenceClassification"],
                         "id2label": {"0": "LABEL_0"}, "max_position_embeddings": 64}
                        """);
    }

    /**
     * A tokenizer of {@link #WORDS}, with settings to cut off and fill up that must not be used.
     */
    public TestingFolder tokenizer() {
        StringBuilder words = new StringBuilder("\"[PAD]\":0,\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3");
        for (int i = 0; i < WORDS.size(); i++) {
            words.append(",\"").append(WORDS.get(i)).append("\":").append(FIRST_WORD + i);
        }
        return file(
                "tokenizer.json",
                """
                {"version": "1.0",
                 "truncation": {"direction":"Right","max_length":6,"strategy":"LongestFirst","stride":0},
                 "padding": {"strategy":{"Fixed":32},"direction":"Right","pad_to_multiple_of":null,
                   "pad_id":0,"pad_type_id":0,"pad_token":"[PAD]"},
                 "added_tokens": [], "normalizer": {"type": "Lowercase"},
                 "pre_tokenizer": {"type": "Whitespace"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken":{"id":"[CLS]","type_id":0}},
                     {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
                   "pair": [{"SpecialToken":{"id":"[CLS]","type_id":0}},
                     {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}},
                     {"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":1}}],
                   "special_tokens": {
                     "[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},
                     "[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}},
                 "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "[UNK]"}}
                """
                        .formatted(words));
    }

    /** Vector of a token. */
    public static float[] vector(int token) {
        Random random = new Random(token);
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    /** What a configuration would say of this folder. */
    public ModelSpec spec(ModelOptions options) {
        return new ModelSpec(
                "m", root, 512, 1, 0, 0, List.of(), Optional.empty(), Optional.empty(), options);
    }

    /** The options where the file says nothing but this of batches. */
    public static ModelOptions batching(BatchOptions batch) {
        ModelOptions defaults = ModelOptions.DEFAULT;
        return new ModelOptions(
                defaults.engine(),
                defaults.device(),
                batch,
                defaults.classify(),
                defaults.embedding(),
                defaults.remote());
    }

    /** Loads it as a worker would. */
    public LoadedModel load() throws ModelLoadException, InterruptedException {
        return load(ModelOptions.DEFAULT, BackendContext.alone());
    }

    public LoadedModel load(ModelOptions options, BackendContext context)
            throws ModelLoadException, InterruptedException {
        return new DjlBackend().load(spec(options), context);
    }
}
