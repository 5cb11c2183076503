package dev.brigade.dispatcher.app.meters;

import dev.brigade.dispatcher.request.Input;
import java.util.Locale;

/** Kinds of requests, as their meters tell them apart. */
enum Kind {
    CHAT,
    COMPLETION,
    MAP,
    EMBEDDING,
    RERANK,
    IMAGE,
    BATCH,
    /** Of records that became no request. */
    UNKNOWN;

    static Kind of(Input input) {
        return switch (input) {
            case Input.Chat _ -> CHAT;
            case Input.Completion _ -> COMPLETION;
            case Input.Map _ -> MAP;
            case Input.Embedding _ -> EMBEDDING;
            case Input.Rerank _ -> RERANK;
            case Input.Image _ -> IMAGE;
            case Input.ImageBatch _, Input.ImageListing _, Input.ImagePart _ -> BATCH;
        };
    }

    /** Whether its time says how long one call takes. */
    boolean oneCall() {
        return switch (this) {
            case CHAT, COMPLETION, EMBEDDING, RERANK, IMAGE -> true;
            case MAP, BATCH, UNKNOWN -> false;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
