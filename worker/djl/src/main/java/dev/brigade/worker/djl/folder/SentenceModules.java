package dev.brigade.worker.djl.folder;

import dev.brigade.config.EmbeddingOptions.Pooling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the files of sentence-transformers say: {@code modules.json}, {@code 1_Pooling/config.json},
 * {@code sentence_bert_config.json} and {@code config_sentence_transformers.json}.
 */
record SentenceModules(
        OptionalInt longest,
        Optional<Pooling> pooling,
        boolean normalize,
        String queryPrompt,
        String documentPrompt) {

    private static final int MOST_TOKENS = 1 << 20;
    private static final List<String> DOCUMENTS = List.of("document", "passage");
    private static final List<String> KNOWN = List.of("Transformer", "Pooling", "Normalize");

    static SentenceModules read(ModelFolder folder) {
        List<String> kinds =
                folder.json("modules.json").items().stream().map(SentenceModules::kind).toList();
        for (String kind : kinds) {
            if (!KNOWN.contains(kind)) {
                throw folder.json("modules.json").fault("module " + kind + " is not supported");
            }
        }
        JsonFile prompts =
                folder.json("config_sentence_transformers.json")
                        .object("prompts")
                        .orElseGet(() -> folder.json("no prompts"));
        return new SentenceModules(
                folder.json("sentence_bert_config.json").integer("max_seq_length", 1, MOST_TOKENS),
                pooling(folder.json("1_Pooling/config.json")),
                kinds.isEmpty() || kinds.contains("Normalize"),
                prompts.text("query").orElse(""),
                DOCUMENTS.stream()
                        .flatMap(name -> prompts.text(name).stream())
                        .findFirst()
                        .orElse(""));
    }

    /** Such as {@code Pooling} of {@code sentence_transformers.models.Pooling}. */
    private static String kind(JsonFile module) {
        String type = module.text("type").orElseThrow(module.lacks("type of a module"));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static Optional<Pooling> pooling(JsonFile file) {
        List<String> chosen =
                file.names().stream()
                        .filter(name -> name.startsWith("pooling_mode_"))
                        .filter(name -> file.flag(name).orElse(false))
                        .toList();
        if (chosen.size() > 1) {
            throw file.fault("more than one pooling is chosen: " + chosen);
        }
        return chosen.stream().findFirst().map(name -> pooling(file, name));
    }

    private static Pooling pooling(JsonFile file, String name) {
        return switch (name) {
            case "pooling_mode_mean_tokens" -> Pooling.MEAN;
            case "pooling_mode_cls_token" -> Pooling.CLS;
            case "pooling_mode_lasttoken" -> Pooling.LAST;
            default -> throw file.fault(name + " is not supported");
        };
    }
}
