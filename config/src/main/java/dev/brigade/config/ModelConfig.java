package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One model of {@code models.yaml}.
 *
 * @param backend which backend runs it, such as {@code llama}
 * @param path of its file; relative ones are below the models folder
 * @param roles what it is for; the first is what it is best at
 * @param capabilities what it can do
 * @param contextLength tokens that one request may use, prompt and answer together
 * @param slots requests that it works on at once
 * @param gpuLayers layers on the GPU: -1 all, 0 none
 * @param prefetch jobs let out to workers beyond the slots
 * @param sha256 that the file must have, lower-case hex
 * @param chatTemplate Jinja template in place of the file's own
 * @param defaults sampling where a request says nothing
 * @param price of its tokens; where empty, they cost nothing
 * @param threads that one call uses; 0 leaves the choice to the backend
 * @param options for the backends that want them
 */
public record ModelConfig(
        String id,
        String backend,
        String path,
        List<String> roles,
        Set<String> capabilities,
        int contextLength,
        int slots,
        int gpuLayers,
        int prefetch,
        Optional<String> sha256,
        Optional<String> chatTemplate,
        SamplingDefaults defaults,
        Optional<Price> price,
        int threads,
        ModelOptions options) {

    /** Slots of a model that generates text, where the file says nothing. */
    public static final int DEFAULT_SLOTS = 4;

    /** Slots of any other model, where the file says nothing. */
    public static final int DEFAULT_SLOTS_OF_TAKERS = 32;

    /** Context of a model of backend {@code djl}, where the file says nothing. */
    public static final int DEFAULT_CONTEXT_OF_DJL = 512;

    /** Layers on the GPU where the file says nothing: all. */
    public static final int DEFAULT_GPU_LAYERS = -1;

    /** Capabilities where the file says nothing, but for backend {@code djl}. */
    public static final List<String> DEFAULT_CAPABILITIES =
            List.of("chat", "completion", "json_schema");

    private static final String DJL = "djl";
    private static final String REMOTE = "remote";
    private static final Set<String> TEXT = Set.of("chat", "completion");
    private static final Set<String> PROPERTIES =
            Stream.concat(
                            Stream.of(
                                    "id",
                                    "backend",
                                    "path",
                                    "roles",
                                    "capabilities",
                                    "context_length",
                                    "slots",
                                    "gpu_layers",
                                    "threads",
                                    "prefetch",
                                    "sha256",
                                    "chat_template",
                                    "defaults",
                                    "price"),
                            ModelOptions.PROPERTIES.stream())
                    .collect(Collectors.toUnmodifiableSet());
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,1024}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern TEMPLATE = Pattern.compile("(?s).{1,65536}");

    public ModelConfig {
        roles = List.copyOf(roles);
        capabilities = Set.copyOf(capabilities);
    }

    /** Where the file lies, given the models folder. */
    public Path file(Path modelsDir) {
        return modelsDir.resolve(path);
    }

    static ModelConfig of(YamlNode node) {
        Properties in = Properties.of(node, PROPERTIES);
        String id = ConfigNames.modelId(in.required("id"));
        String backend = in.optional("backend", ConfigNames::name).orElse("llama");
        Set<String> capabilities = capabilities(in, backend);
        ModelOptions options = ModelOptions.of(in);
        if (backend.equals(REMOTE)) {
            in.required(REMOTE);
        } else {
            in.refuse(REMOTE, "is only for backend remote");
        }
        return new ModelConfig(
                id,
                backend,
                path(in, id, backend),
                ConfigNames.names(in.required("roles")),
                capabilities,
                contextLength(in, backend),
                in.integer("slots", 1, 256, slots(capabilities, backend)),
                in.integer("gpu_layers", -1, 999, DEFAULT_GPU_LAYERS),
                in.integer("prefetch", 0, 1_000, 0),
                in.optional("sha256", sum -> sum.text(SHA256, "64 hexadecimal digits"))
                        .map(sum -> sum.toLowerCase(Locale.ROOT)),
                in.optional(
                        "chat_template",
                        template -> template.text(TEMPLATE, "a template of 1 to 65536 characters")),
                in.optional("defaults", SamplingDefaults::of).orElse(SamplingDefaults.NONE),
                in.optional("price", Price::of),
                in.integer("threads", 0, 256, 0),
                options);
    }

    /** A model on a server has no file here. */
    private static String path(Properties in, String id, String backend) {
        return backend.equals(REMOTE) && !in.nodes().containsKey("path")
                ? id
                : in.required("path").text(PATH, "a path of 1 to 1024 characters");
    }

    private static int contextLength(Properties in, String backend) {
        return backend.equals(DJL)
                ? in.integer("context_length", 16, 1_048_576, DEFAULT_CONTEXT_OF_DJL)
                : in.required("context_length").integer(16, 1_048_576);
    }

    private static Set<String> capabilities(Properties in, String backend) {
        List<String> otherwise =
                backend.equals(DJL) ? ModelOptions.capabilities(in) : DEFAULT_CAPABILITIES;
        Set<String> all =
                new HashSet<>(in.optional("capabilities", ConfigNames::names).orElse(otherwise));
        if (all.contains("embedding")) {
            all.add("rerank");
        }
        return all;
    }

    /** A vision-language model on a server classifies by generating text. */
    private static int slots(Set<String> capabilities, String backend) {
        boolean generates =
                capabilities.stream().anyMatch(TEXT::contains)
                        || (backend.equals(REMOTE) && capabilities.contains("classify"));
        return generates ? DEFAULT_SLOTS : DEFAULT_SLOTS_OF_TAKERS;
    }

    /** Sampling where a request says nothing; an empty value leaves the engine's own. */
    public record SamplingDefaults(
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalInt topK,
            OptionalDouble minP,
            OptionalDouble repeatPenalty,
            OptionalInt maxTokens) {

        /** All at the engine's own. */
        public static final SamplingDefaults NONE =
                new SamplingDefaults(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty());

        private static final Set<String> PROPERTIES =
                Set.of("temperature", "top_p", "top_k", "min_p", "repeat_penalty", "max_tokens");

        static SamplingDefaults of(YamlNode node) {
            Properties in = Properties.of(node, PROPERTIES);
            return new SamplingDefaults(
                    in.decimal("temperature", 0, 2),
                    in.decimal("top_p", 0.001, 1),
                    in.integer("top_k", 0, 1_000),
                    in.decimal("min_p", 0, 1),
                    in.decimal("repeat_penalty", 0.1, 2),
                    in.integer("max_tokens", 1, 131_072));
        }
    }
}
