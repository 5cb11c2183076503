package dev.brigade.worker.remote;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether a server has a model. */
sealed interface Presence {

    /** It has, or does not tell. */
    record There() implements Presence {}

    /**
     * It says that it has not, or that we may not ask.
     *
     * @param reason behind "the model's server"
     */
    record Refused(String reason) implements Presence {}

    /**
     * It does not answer, or not yet.
     *
     * @param reason one line
     */
    record Silent(String reason) implements Presence {}

    /** Most names that are told. */
    int MOST_NAMES = 10;

    /** By the body of {@code GET /models}. */
    static Presence of(byte[] body, String model) {
        Optional<JsonNode> data =
                Json.read(body).map(list -> list.path("data")).filter(JsonNode::isArray);
        if (data.isEmpty()) {
            return new There(); // no list that can be read is no list
        }
        List<String> names =
                data.get().values().stream().map(each -> each.path("id").asString("")).toList();
        return names.isEmpty() || names.contains(model) || names.contains(plain(model))
                ? new There()
                : new Refused("has no model " + model + "; it has " + told(names));
    }

    /** Routers take a provider behind the name: {@code org/name:provider}. */
    private static String plain(String model) {
        int colon = model.lastIndexOf(':');
        return colon < 0 ? model : model.substring(0, colon);
    }

    private static String told(List<String> names) {
        return names.stream()
                        .limit(MOST_NAMES)
                        .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                        .map(name -> name.length() > 200 ? name.substring(0, 200) : name)
                        .collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? " and others" : "");
    }
}
