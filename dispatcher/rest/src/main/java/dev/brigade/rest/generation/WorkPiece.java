package dev.brigade.rest.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.brigade.client.MapProgress;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream that shows the work and is no part of the answer. It has no choices, so that
 * who knows only OpenAI's fields passes over it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkPiece(
        @JsonUnwrapped Object piece, @Nullable StageView stage, @Nullable MapProgress progress) {

    static WorkPiece of(Object piece, StageView stage) {
        return new WorkPiece(piece, stage, null);
    }

    static WorkPiece of(Object piece, MapProgress progress) {
        return new WorkPiece(piece, null, progress);
    }
}
