package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How texts are embedded; what is empty is as the model's own files say.
 *
 * @param pooling how a text's vector comes from those of its tokens
 * @param normalize whether vectors get the length 1
 * @param queryPrompt text before each query
 * @param documentPrompt text before each document
 */
public record EmbeddingOptions(
        Optional<Pooling> pooling,
        Optional<Boolean> normalize,
        Optional<String> queryPrompt,
        Optional<String> documentPrompt) {

    /** All as the model's own files say. */
    public static final EmbeddingOptions DEFAULT =
            new EmbeddingOptions(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Set<String> PROPERTIES = Set.of("pooling", "normalize", "prompts");
    private static final Set<String> PROMPTS = Set.of("query", "document");
    private static final Pattern PROMPT = Pattern.compile("(?s).{0,1024}");

    /** How a text's vector comes from those of its tokens. */
    public enum Pooling {
        /** Their mean. */
        MEAN,
        /** The first one's. */
        CLS,
        /** The last one's. */
        LAST
    }

    static EmbeddingOptions of(YamlNode node) {
        Properties in = Properties.of(node, PROPERTIES);
        Properties prompts = in.group("prompts", PROMPTS);
        return new EmbeddingOptions(
                in.choice("pooling", Pooling.class),
                in.optional("normalize", YamlNode::flag),
                prompts.optional("query", EmbeddingOptions::prompt),
                prompts.optional("document", EmbeddingOptions::prompt));
    }

    private static String prompt(YamlNode node) {
        return node.text(PROMPT, "a text of at most 1024 characters");
    }
}
