package dev.brigade.worker.llama.schema;

/** Why a schema is refused: what stands where, and what is wrong with it. */
final class SchemaFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    SchemaFault(String place, String message) {
        super(place + " " + message);
        reason = place + " " + message;
    }

    String reason() {
        return reason;
    }
}
