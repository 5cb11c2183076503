package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code models.yaml} says of a model to the backends that want to know; a backend passes over
 * what does not concern it.
 *
 * @param engine library that runs it
 * @param device where it runs
 * @param batch how calls are put together
 * @param classify how images are classified
 * @param embedding how texts are embedded
 * @param remote server that runs it; there for backend {@code remote} and no other
 */
public record ModelOptions(
        Engine engine,
        Device device,
        BatchOptions batch,
        ClassifyOptions classify,
        EmbeddingOptions embedding,
        Optional<RemoteOptions> remote) {

    /** All as where the file says nothing. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(
                    Engine.AUTO,
                    Device.AUTO,
                    BatchOptions.DEFAULT,
                    ClassifyOptions.DEFAULT,
                    EmbeddingOptions.DEFAULT,
                    Optional.empty());

    static final Set<String> PROPERTIES =
            Set.of("engine", "device", "batch", "classify", "embedding", "remote");

    static ModelOptions of(Properties in) {
        return new ModelOptions(
                in.choice("engine", Engine.class, Engine.AUTO),
                in.optional("device", Device::of).orElse(Device.AUTO),
                in.optional("batch", BatchOptions::of).orElse(BatchOptions.DEFAULT),
                in.optional("classify", ClassifyOptions::of).orElse(ClassifyOptions.DEFAULT),
                in.optional("embedding", EmbeddingOptions::of).orElse(EmbeddingOptions.DEFAULT),
                in.optional("remote", node -> RemoteOptions.of(node, said(in))));
    }

    private static List<String> said(Properties in) {
        return in.optional("capabilities", ConfigNames::names)
                .orElse(ModelConfig.DEFAULT_CAPABILITIES);
    }

    /** A library that runs models. */
    public enum Engine {
        /** Whichever fits the files. */
        AUTO,
        ONNXRUNTIME,
        PYTORCH
    }

    /**
     * Where a model runs.
     *
     * @param number of the GPU; empty for any, and for what is no GPU
     */
    public record Device(Kind kind, OptionalInt number) {

        /** The GPU where there is one, else the CPU. */
        public static final Device AUTO = new Device(Kind.AUTO, OptionalInt.empty());

        private static final Pattern FORM =
                Pattern.compile("(?<kind>auto|cpu|cuda)|cuda:(?<number>\\d{1,2})");

        /** A kind of device. */
        public enum Kind {
            AUTO,
            CPU,
            CUDA
        }

        static Device of(YamlNode node) {
            String text = node.text(FORM, "one of [auto, cpu, cuda, cuda:0 to cuda:99]");
            Matcher form = FORM.matcher(text);
            if (form.matches() && form.group("kind") != null) {
                String kind = form.group("kind").toUpperCase(Locale.ROOT);
                return new Device(Kind.valueOf(kind), OptionalInt.empty());
            }
            return new Device(Kind.CUDA, OptionalInt.of(Integer.parseInt(form.group("number"))));
        }
    }

    /** The capabilities of a model whose file does not name them. */
    static List<String> capabilities(Properties in) {
        boolean embeds = in.nodes().containsKey("embedding");
        boolean classifies = in.nodes().containsKey("classify");
        if (embeds == classifies) {
            return List.of("classify", "embedding", "rerank");
        }
        return embeds ? List.of("embedding", "rerank") : List.of("classify");
    }
}
