package dev.brigade.rest.embeddings;

import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.json.JsonFields;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Embeddings as lines of a file. */
@Component
final class EmbeddingEndpoint implements Endpoint {

    private final VectorReader vectors;

    EmbeddingEndpoint(VectorReader vectors) {
        this.vectors = vectors;
    }

    @Override
    public String url() {
        return EmbeddingController.URL;
    }

    @Override
    public PlainCall read(JsonFields body) {
        body.required("model");
        return EmbeddingFields.read(body, Optional.empty(), Optional.empty(), vectors);
    }
}
