package dev.brigade.standalone.registry;

import java.util.Map;

/**
 * An answer of the registry.
 *
 * @param status HTTP status
 * @param body what becomes its JSON
 */
record RegistryAnswer(int status, Object body) {

    static RegistryAnswer ok(Object body) {
        return new RegistryAnswer(200, body);
    }

    /**
     * An error in Confluent's shape.
     *
     * @param code Confluent's code, whose first three digits are the HTTP status
     */
    static RegistryAnswer error(int code, String message) {
        int status = code < 1000 ? code : code / 100;
        return new RegistryAnswer(status, Map.of("error_code", code, "message", message));
    }
}
