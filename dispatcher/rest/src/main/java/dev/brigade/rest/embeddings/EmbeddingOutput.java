package dev.brigade.rest.embeddings;

import dev.brigade.client.Answer;
import dev.brigade.rest.calls.OutputForm;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.Embeddings;
import org.springframework.stereotype.Component;

/** Embeddings that are looked at later, as numbers. */
@Component
final class EmbeddingOutput implements OutputForm {

    private final VectorReader vectors;

    EmbeddingOutput(VectorReader vectors) {
        this.vectors = vectors;
    }

    @Override
    public boolean fits(Answer answer) {
        return answer.reply().getOutput() instanceof Embeddings;
    }

    @Override
    public Object of(Answer answer, BodyMemory.Share memory) {
        return EmbeddingList.of(answer, vectors.read(answer, memory), EncodingFormat.FLOAT);
    }
}
