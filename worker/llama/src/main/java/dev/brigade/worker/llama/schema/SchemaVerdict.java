package dev.brigade.worker.llama.schema;

/** Whether a decoder can hold to a JSON schema. */
public sealed interface SchemaVerdict {

    /**
     * It can.
     *
     * @param schema the schema, rebuilt from the keywords that were checked and nothing else
     */
    record Accepted(String schema) implements SchemaVerdict {}

    /**
     * It cannot.
     *
     * @param reason one line for the application, such as {@code properties/age uses 'pattern',
     *     which is not supported}
     */
    record Refused(String reason) implements SchemaVerdict {}
}
