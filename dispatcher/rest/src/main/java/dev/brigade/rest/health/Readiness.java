package dev.brigade.rest.health;

import dev.brigade.client.BrigadeClient;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.ModelInfo;
import dev.brigade.rest.config.BrigadeConnection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ready means: connected to Kafka, and at least one model is loaded on a live worker. */
@Component
final class Readiness {

    private final BrigadeConnection connection;

    Readiness(BrigadeConnection connection) {
        this.connection = connection;
    }

    State now() {
        Optional<String> notConnected = connection.whyNotConnected();
        if (notConnected.isPresent()) {
            return State.without(notConnected.get());
        }
        try {
            return of(connection.client());
        } catch (BrigadeException e) {
            return State.without(e.failure().message());
        }
    }

    private static State of(BrigadeClient client) {
        List<ModelInfo> models = client.models();
        List<String> loaded = models.stream().filter(ModelInfo::ready).map(ModelInfo::id).toList();
        long onWorkers = models.stream().filter(model -> !model.onWorkers().isEmpty()).count();
        String progress = loaded.size() + "/" + onWorkers;
        return new State(missing(client, loaded), progress, loaded);
    }

    private static String missing(BrigadeClient client, List<String> loaded) {
        if (!loaded.isEmpty()) {
            return "";
        }
        return client.workers().isEmpty() ? "no worker is up" : "no model is loaded";
    }

    /**
     * How far it is.
     *
     * @param reason what is missing; empty when nothing is
     */
    record State(String reason, String progress, List<String> loadedModels) {

        static State without(String reason) {
            return new State(reason, "0/0", List.of());
        }

        boolean isReady() {
            return reason.isEmpty();
        }
    }
}
