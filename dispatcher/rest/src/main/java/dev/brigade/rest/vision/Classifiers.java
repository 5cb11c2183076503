package dev.brigade.rest.vision;

import dev.brigade.client.ModelInfo;
import dev.brigade.rest.config.BrigadeConnection;
import java.util.List;
import org.springframework.stereotype.Component;

/** The models that classify images. */
@Component
final class Classifiers {

    private static final String CLASSIFY = "classify";

    private final BrigadeConnection connection;

    Classifiers(BrigadeConnection connection) {
        this.connection = connection;
    }

    /** All that a worker ever described, by id. */
    List<ModelInfo> all() {
        return connection.client().models().stream()
                .filter(model -> model.description().getCapabilities().contains(CLASSIFY))
                .toList();
    }
}
