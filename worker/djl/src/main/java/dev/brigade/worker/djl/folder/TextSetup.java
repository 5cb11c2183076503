package dev.brigade.worker.djl.folder;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.config.EmbeddingOptions.Pooling;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the files beside a text model say of it.
 *
 * @param tokenizer {@code tokenizer.json}
 * @param longest most tokens of one text; empty where the files do not say
 * @param padding token that fills up shorter texts
 * @param pooling how a text's vector comes from those of its tokens; empty where nobody says
 * @param normalize whether vectors get the length 1
 * @param queryPrompt text before each query, often empty
 * @param documentPrompt text before each document, often empty
 * @param vocabulary number of tokens that the model knows; empty where the files do not say
 * @param isReranker whether the model reads query and document together and answers with a number
 */
public record TextSetup(
        Path tokenizer,
        OptionalInt longest,
        int padding,
        Optional<Pooling> pooling,
        boolean normalize,
        String queryPrompt,
        String documentPrompt,
        OptionalInt vocabulary,
        boolean isReranker) {

    private static final long MOST_TOKENIZER_BYTES = 128L << 20;
    private static final int MOST_TOKENS = 1 << 20;

    /** Kinds of models that count positions from behind the padding token. */
    private static final Set<String> SHIFTED =
            Set.of("roberta", "xlm-roberta", "camembert", "mpnet", "longformer");

    /** Whether a folder is that of a text model. */
    public static boolean isIn(ModelFolder folder) {
        return folder.file("tokenizer.json").isPresent();
    }

    /** What the folder says, where the options do not say it otherwise. */
    public static TextSetup read(ModelFolder folder, EmbeddingOptions options) {
        Path tokenizer = folder.needed("tokenizer.json", "which cuts texts into tokens");
        long bytes = tokenizer.toFile().length();
        if (bytes < 2 || bytes > MOST_TOKENIZER_BYTES) {
            throw new FolderFault("tokenizer.json has " + bytes + " bytes");
        }
        JsonFile config = folder.json("config.json");
        SentenceModules modules = SentenceModules.read(folder);
        return new TextSetup(
                tokenizer,
                least(longest(config), modules.longest()),
                config.integer("pad_token_id", 0, Integer.MAX_VALUE).orElse(0),
                options.pooling().or(modules::pooling),
                options.normalize().orElse(modules.normalize()),
                options.queryPrompt().orElse(modules.queryPrompt()),
                options.documentPrompt().orElse(modules.documentPrompt()),
                config.integer("vocab_size", 1, Integer.MAX_VALUE),
                isReranker(config));
    }

    private static OptionalInt longest(JsonFile config) {
        OptionalInt positions = config.integer("max_position_embeddings", 1, MOST_TOKENS);
        boolean shifted = config.text("model_type").filter(SHIFTED::contains).isPresent();
        if (positions.isEmpty() || !shifted) {
            return positions;
        }
        int taken = config.integer("pad_token_id", 0, 1_000).orElse(1) + 1;
        return OptionalInt.of(Math.max(1, positions.getAsInt() - taken));
    }

    private static OptionalInt least(OptionalInt one, OptionalInt other) {
        if (one.isPresent() && other.isPresent()) {
            return OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()));
        }
        return one.isPresent() ? one : other;
    }

    private static boolean isReranker(JsonFile config) {
        boolean judges =
                config.texts("architectures").stream()
                        .anyMatch(name -> name.endsWith("ForSequenceClassification"));
        int labels =
                config.integer("num_labels", 1, MOST_TOKENS)
                        .orElseGet(() ->
                                config.object("id2label").map(ids -> ids.names().size()).orElse(2));
        if (judges && labels != 1) {
            throw config.fault(
                    "a classifier of texts with %d labels is not supported".formatted(labels));
        }
        return judges;
    }
}
