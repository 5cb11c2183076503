package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.request.Input;
import java.util.Locale;

/** What a stage does. */
public enum Kind {
    /** Writes an answer, or a draft of one. */
    GENERATE,
    /** Judges a draft, in a JSON schema. */
    JUDGE,
    /** Makes one answer of a debate's. */
    RECONCILE,
    /** Makes one answer of an ensemble's. */
    SYNTHESISE,
    /** Makes vectors of texts. */
    EMBED,
    /** Puts documents in order. */
    RANK,
    /** Says what images show. */
    CLASSIFY,
    /** Finds the images of a batch. */
    LIST;

    /** Whether its result is a text. */
    public boolean writes() {
        return switch (this) {
            case GENERATE, JUDGE, RECONCILE, SYNTHESISE -> true;
            case EMBED, RANK, CLASSIFY, LIST -> false;
        };
    }

    /** What a single call for this input does. */
    static Kind of(Input input) {
        return switch (input) {
            case Input.Chat _, Input.Completion _, Input.Map _ -> GENERATE;
            case Input.Embedding _ -> EMBED;
            case Input.Rerank _ -> RANK;
            case Input.Image _, Input.ImageBatch _, Input.ImagePart _ -> CLASSIFY;
            case Input.ImageListing _ -> LIST;
        };
    }

    /** The contract's name. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
